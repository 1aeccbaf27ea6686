#!/bin/bash
# Waits, on the builder's machine, until the machine of the build has shut its last door: wait-for-closing.sh HOST PORT SECONDS.
# Builders that do not wait for the machine to stop by itself would otherwise take the disk away under it.
set -euo pipefail
host=$1 port=$2 seconds=$3
end=$((SECONDS + seconds))
closed=0
while [ "$closed" -lt 3 ]; do
  if [ "$SECONDS" -ge "$end" ]; then
    echo "WinRM still answers at $host:$port after $seconds s: sealing has failed, no image is kept. The machine's console says why." >&2
    exit 1
  fi
  # Any answer of the service counts as open, its refusal too; only silence, three times on end, is closed.
  if curl --silent --insecure --output /dev/null --max-time 5 "https://$host:$port/wsman"; then closed=0; else closed=$((closed + 1)); fi
  sleep 5
done
echo "WinRM at $host:$port is closed"
# What is written goes to the disk, and Windows begins to stop.
sleep 30
