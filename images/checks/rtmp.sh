#!/bin/bash
# nginx with its RTMP module takes a stream from ffmpeg and gives it to another one: as user data has it, on other ports.
set -euo pipefail
folder=$(mktemp -d)
chmod 0755 "$folder"
cat > "$folder/nginx.conf" <<CONF
user www-data;
worker_processes 1;
pid $folder/pid;
error_log $folder/error.log;
include /etc/nginx/modules-enabled/*.conf;
events {}
rtmp { server { listen 127.0.0.1:21935; application live { live on; } } }
http { access_log off; server { listen 127.0.0.1:28081; location = /stat { rtmp_stat all; } } }
CONF
publisher=
trap 'kill $publisher 2>/dev/null || true; nginx -c "$folder/nginx.conf" -s stop 2>/dev/null || true; rm -rf "$folder"' EXIT
nginx -c "$folder/nginx.conf"
ffmpeg -nostdin -loglevel error -re -f lavfi -i testsrc=size=64x36:rate=5 -f lavfi -i sine -c:v libx264 -preset ultrafast \
  -g 5 -c:a aac -t 120 -f flv rtmp://127.0.0.1:21935/live/check &
publisher=$!
for _ in $(seq 40); do
  if curl -sf http://127.0.0.1:28081/stat | grep '<name>check</name>' > /dev/null; then break; fi
  sleep 1
done
timeout 60 ffmpeg -nostdin -loglevel error -i rtmp://127.0.0.1:21935/live/check -t 2 -c copy -f flv "$folder/played.flv"
codecs=$(ffprobe -loglevel error -show_entries stream=codec_name -of csv=p=0 "$folder/played.flv" | sort | tr '\n' ' ')
[ "$codecs" = 'aac h264 ' ] || { echo "played: $codecs"; exit 1; }
