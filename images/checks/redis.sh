#!/bin/bash
# Two servers and a sentinel: a value reaches the replica, and the sentinel knows the master.
set -euo pipefail
folder=$(mktemp -d)
cd "$folder"
server() { redis-server --bind 127.0.0.1 --save '' --dir "$folder" --daemonize no "$@" > /dev/null 2>&1 & }
server --port 26379
one=$!
server --port 26380 --replicaof 127.0.0.1 26379
two=$!
printf 'port 26381\nbind 127.0.0.1\ndir %s\nsentinel monitor check 127.0.0.1 26379 1\n' "$folder" > sentinel.conf
redis-sentinel sentinel.conf > /dev/null 2>&1 &
three=$!
trap 'kill $one $two $three 2>/dev/null || true; wait; rm -rf "$folder"' EXIT
for _ in $(seq 40); do
  redis-cli -p 26379 set check passed > /dev/null 2>&1 || true
  if [ "$(redis-cli -p 26380 get check 2>/dev/null)" = passed ] &&
    redis-cli -p 26381 sentinel get-master-addr-by-name check | grep 26379; then exit 0; fi
  sleep 1
done
echo 'no value on the replica within 40 s'
exit 1
