#!/bin/bash
# A line of the journal arrives at a receiver once one is configured.
set -euo pipefail
folder=$(mktemp -d)
chmod 0755 "$folder"
mark="watari-log-$RANDOM$RANDOM"
/lib/systemd/systemd-journal-remote --listen-http=127.0.0.1:19632 --output="$folder/received.journal" --split-mode=none &
receiver=$!
sender=
trap 'kill $receiver $sender 2>/dev/null || true; wait; rm -rf "$folder"' EXIT
for _ in $(seq 30); do
  if ss -Hlnt | grep 127.0.0.1:19632 > /dev/null; then break; fi
  sleep 1
done
logger "$mark"
/lib/systemd/systemd-journal-upload --url=http://127.0.0.1:19632 --save-state="$folder/state" &
sender=$!
for _ in $(seq 60); do
  if journalctl -q --file="$folder/received.journal" 2> /dev/null | grep "$mark"; then exit 0; fi
  sleep 1
done
echo "no line with $mark arrived within 60 s"
exit 1
