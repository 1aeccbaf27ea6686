#!/bin/bash
# Waits, on the builder's machine, until the machine of the build has shut its last door: wait-for-closing.sh HOST PORT SECONDS.
# Builders that do not wait for the machine to stop by itself would otherwise take the disk away under it.
set -euo pipefail
host=$1 port=$2 seconds=$3

# Any answer of the service counts as open, its refusal too. Through a tunnel a closed port shows as a broken handshake.
answers() {
  curl --silent --insecure --output /dev/null --max-time 5 "https://$host:$port/wsman"
}

command -v curl > /dev/null || {
  echo "curl is absent: without it nobody sees whether the machine is sealed. Install curl." >&2
  exit 1
}
# The door is open for another 45 s: what cannot be seen open cannot be seen closing.
answers || answers || answers || {
  echo "WinRM at $host:$port does not answer this machine: nobody can see it closing, no image is kept." >&2
  exit 1
}

# A minute of silence: sysprep keeps the machine busy, and some answers fail.
closed=0
until [ "$closed" -ge 12 ]; do
  if [ "$SECONDS" -ge "$seconds" ]; then
    echo "WinRM still answers at $host:$port after $seconds s: sealing has failed, no image is kept. The machine's console says why." >&2
    exit 1
  fi
  if answers; then closed=0; else closed=$((closed + 1)); fi
  sleep "${WATARI_POLL_SECONDS:-5}"
done
echo "WinRM at $host:$port is closed"
# What is written goes to the disk, and Windows begins to stop.
sleep "${WATARI_SETTLE_SECONDS:-30}"
