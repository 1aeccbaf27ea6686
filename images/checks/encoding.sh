#!/bin/bash
# Encodes a second with each codec and decodes it again.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
for codec in libx264 libx265 libvpx-vp9 libsvtav1; do
  ffmpeg -nostdin -loglevel error -f lavfi -i testsrc=size=128x72:rate=5 -t 1 -c:v "$codec" -y "$folder/out.mkv"
  frames=$(ffprobe -loglevel error -count_frames -show_entries stream=nb_read_frames -of csv=p=0 "$folder/out.mkv")
  [ "${frames%,}" = 5 ] || { echo "$codec: $frames frames instead of 5"; exit 1; }
done
ffmpeg -nostdin -loglevel error -f lavfi -i sine=duration=1 -c:a aac -y "$folder/out.m4a"
