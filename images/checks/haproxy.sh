#!/bin/bash
# The kind of configuration that the platform makes: a monitor, and a listener with a member that is checked.
set -euo pipefail
folder=$(mktemp -d)
chmod 0755 "$folder"
echo member > "$folder/index.html"
python3 -m http.server -d "$folder" -b 127.0.0.1 28090 > /dev/null 2>&1 &
member=$!
cat > "$folder/haproxy.cfg" <<CONF
global
  user haproxy
  group haproxy
defaults
  mode tcp
  timeout connect 1s
  timeout client 5s
  timeout server 5s
frontend health
  mode http
  bind 127.0.0.1:28080
  monitor-uri /health
listen service
  bind 127.0.0.1:28091
  balance leastconn
  option httpchk GET /
  default-server inter 500ms fall 2 rise 1
  server one 127.0.0.1:28090 check
CONF
haproxy -c -q -f "$folder/haproxy.cfg"
haproxy -db -f "$folder/haproxy.cfg" > /dev/null 2>&1 &
balancer=$!
trap 'kill $member $balancer 2>/dev/null || true; wait; rm -rf "$folder"' EXIT
for _ in $(seq 40); do
  if curl -sf -m 2 http://127.0.0.1:28080/health > /dev/null && curl -s -m 2 http://127.0.0.1:28091/ | grep -x member; then exit 0; fi
  sleep 1
done
echo 'no answer through HAProxy within 40 s'
exit 1
