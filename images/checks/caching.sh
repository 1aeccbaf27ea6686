#!/bin/bash
# nginx in front of an origin: the second answer comes from the cache, by slices, also once the origin is dead.
set -euo pipefail
folder=$(mktemp -d)
chmod 0755 "$folder"
mkdir -m 0777 "$folder/cache"
mkdir "$folder/origin"
head -c 3000000 /dev/urandom > "$folder/origin/segment"
cat > "$folder/nginx.conf" <<CONF
user www-data;
pid $folder/pid;
error_log $folder/error.log;
include /etc/nginx/modules-enabled/*.conf;
events {}
http {
  access_log off;
  proxy_cache_path $folder/cache keys_zone=check:1m;
  proxy_temp_path $folder/cache/temp;
  server {
    listen 127.0.0.1:28083;
    location / {
      slice 1m;
      proxy_cache check;
      proxy_cache_key \$uri\$slice_range;
      proxy_cache_lock on;
      proxy_cache_valid 200 206 1h;
      proxy_set_header Range \$slice_range;
      proxy_http_version 1.1;
      add_header X-Cache \$upstream_cache_status;
      proxy_pass http://127.0.0.1:28084;
    }
  }
  server {
    listen 127.0.0.1:28084;
    root $folder/origin;
  }
}
CONF
trap 'nginx -c "$folder/nginx.conf" -s stop 2>/dev/null || true; cat "$folder/error.log"; rm -rf "$folder"' EXIT
nginx -c "$folder/nginx.conf"
url=http://127.0.0.1:28083/segment
curl -sf -m 20 --retry 5 --retry-connrefused -o "$folder/first" "$url"
cmp "$folder/first" "$folder/origin/segment"
rm "$folder/origin/segment"
curl -sf -m 20 -D "$folder/headers" -o "$folder/second" "$url"
cmp "$folder/first" "$folder/second"
grep -qi '^x-cache: HIT' "$folder/headers"
