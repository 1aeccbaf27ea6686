#!/bin/bash
# A cluster of one disk: rings, the three servers and the proxy, a bucket, an object.
set -euo pipefail
folder=$(mktemp -d -p /var/tmp)
keep=$folder/etc-swift
cp -a /etc/swift "$keep"
servers=()
# shellcheck disable=SC2317 # Run by the trap.
undo() {
  [ "${#servers[@]}" = 0 ] || kill "${servers[@]}" 2> /dev/null || true
  wait
  find /etc/swift -mindepth 1 -delete
  cp -a "$keep/." /etc/swift/
  rm -rf "$folder"
}
trap undo EXIT

printf '[swift-hash]\nswift_hash_path_suffix = %s\n' "$(openssl rand -hex 8)" > /etc/swift/swift.conf
mkdir -p "$folder/disks/d1"
port=26200
for kind in object container account; do
  swift-ring-builder "/etc/swift/$kind.builder" create 4 1 1 > /dev/null
  swift-ring-builder "/etc/swift/$kind.builder" add "r1z1-127.0.0.1:$port/d1" 100 > /dev/null
  swift-ring-builder "/etc/swift/$kind.builder" rebalance > /dev/null
  cat > "$folder/$kind.conf" <<CONF
[DEFAULT]
bind_ip = 127.0.0.1
bind_port = $port
devices = $folder/disks
mount_check = false
workers = 0
user = swift
[pipeline:main]
pipeline = $kind-server
[app:$kind-server]
use = egg:swift#$kind
CONF
  port=$((port + 1))
done
# For as long as the check runs: nobody else is on this machine.
secret=$(openssl rand -hex 16)
cat > "$folder/proxy.conf" <<CONF
[DEFAULT]
bind_ip = 127.0.0.1
bind_port = 28086
workers = 0
user = swift
[pipeline:main]
pipeline = catch_errors healthcheck cache listing_formats s3api tempauth slo proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:healthcheck]
use = egg:swift#healthcheck
[filter:cache]
use = egg:swift#memcache
memcache_servers = 127.0.0.1:21211
[filter:listing_formats]
use = egg:swift#listing_formats
[filter:s3api]
use = egg:swift#s3api
[filter:tempauth]
use = egg:swift#tempauth
user_check_check = $secret .admin
[filter:slo]
use = egg:swift#slo
CONF
chmod -R a+rX "$folder" /etc/swift
chown -R swift:swift "$folder/disks"

memcached -u nobody -l 127.0.0.1 -p 21211 &
servers+=($!)
for kind in object container account proxy; do
  "swift-$kind-server" "$folder/$kind.conf" > "$folder/$kind.log" 2>&1 &
  servers+=($!)
done
# A disk whose server does not answer yet is left aside by the proxy for a minute.
for port in 26200 26201 26202 28086; do
  for _ in $(seq 180); do
    if ss -Hlnt | grep "127.0.0.1:$port " > /dev/null; then break; fi
    sleep 1
  done
done

# Signed as S3 has it since its beginning (version 2), which needs no more than a hash.
signed() {
  local wanted=$1 method=$2 path=$3 date signature code
  shift 3
  date=$(LC_ALL=C date -u '+%a, %d %b %Y %H:%M:%S GMT')
  signature=$(printf '%s\n\n\n%s\n%s' "$method" "$date" "$path" | openssl dgst -sha1 -hmac "$secret" -binary | base64)
  code=$(curl -s -m 20 -X "$method" -H "Date: $date" -H "Authorization: AWS check:check:$signature" -H 'Content-Type:' \
    -o "$folder/answer" -w '%{http_code}' "$@" "http://127.0.0.1:28086$path")
  [ "$code" = "$wanted" ] || { echo "$method $path answered $code"; cat "$folder/answer"; exit 1; }
}
echo film > "$folder/film"
signed 200 PUT /bucket
signed 200 PUT /bucket/film --data-binary "@$folder/film"
signed 200 GET /bucket/film
cmp "$folder/film" "$folder/answer"
secret=wrong
signed 403 GET /bucket/film
