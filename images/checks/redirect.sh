#!/bin/bash
# nginx answers with what a few lines of Lua make of the device and of JSON.
set -euo pipefail
folder=$(mktemp -d)
chmod 0755 "$folder"
cat > "$folder/nginx.conf" <<CONF
user www-data;
pid $folder/pid;
error_log $folder/error.log;
include /etc/nginx/modules-enabled/*.conf;
events {}
http {
  access_log off;
  lua_package_path "/usr/share/lua/5.1/?.lua;/usr/share/lua/5.1/?/init.lua;;";
  lua_shared_dict load 1m;
  server {
    listen 127.0.0.1:28082;
    location / {
      content_by_lua_block {
        local caches = require("cjson").decode('{"phone":"a","tv":"b"}')
        ngx.shared.load:incr(ngx.var.http_x_device, 1, 0)
        ngx.redirect("http://" .. caches[ngx.var.http_x_device] .. ".example" .. ngx.var.uri, 302)
      }
    }
  }
}
CONF
trap 'nginx -c "$folder/nginx.conf" -s stop 2>/dev/null || true; cat "$folder/error.log"; rm -rf "$folder"' EXIT
nginx -c "$folder/nginx.conf"
for _ in $(seq 20); do
  place=$(curl -s -m 2 -H 'X-Device: tv' -o /dev/null -w '%{http_code} %{redirect_url}' http://127.0.0.1:28082/film/1.mpd || true)
  if [ "$place" = '302 http://b.example/film/1.mpd' ]; then exit 0; fi
  sleep 1
done
echo "answered: $place"
exit 1
