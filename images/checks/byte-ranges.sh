#!/bin/bash
# Players fetch parts of one file.
set -euo pipefail
folder=$(mktemp -d)
chmod 0755 "$folder"
printf '0123456789' > "$folder/film.mp4"
cat > "$folder/nginx.conf" <<CONF
user www-data;
pid $folder/pid;
error_log $folder/error.log;
events {}
http { access_log off; server { listen 127.0.0.1:28085; root $folder; } }
CONF
trap 'nginx -c "$folder/nginx.conf" -s stop 2>/dev/null || true; rm -rf "$folder"' EXIT
nginx -c "$folder/nginx.conf"
[ "$(curl -sf -m 5 --retry 5 --retry-connrefused -r 2-4 -w ' %{http_code}' http://127.0.0.1:28085/film.mp4)" = '234 206' ]
