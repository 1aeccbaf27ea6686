#!/bin/bash
# A server of one elects itself and keeps a value, as the account that it will run as.
set -euo pipefail
folder=$(mktemp -d)
chown consul "$folder"
runuser -u consul -- consul agent -server -bootstrap -bind=127.0.0.1 -data-dir="$folder" -log-level=warn > /tmp/consul-check.log 2>&1 &
agent=$!
trap 'kill $agent 2>/dev/null || true; wait; rm -rf "$folder" /tmp/consul-check.log' EXIT
for _ in $(seq 60); do
  if consul kv put check passed > /dev/null 2>&1 && [ "$(consul kv get check)" = passed ]; then exit 0; fi
  sleep 1
done
tail -n 10 /tmp/consul-check.log
exit 1
