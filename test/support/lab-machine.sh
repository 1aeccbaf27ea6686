#!/bin/sh
# Runs as the first process of a machine of the lab: lays its files over the system's folders and starts its programs.
# $1: folder with the files below `root`, the names in `hosts`, and in `boot` what its user data starts.
set -e
mount --make-rprivate /
mount -t tmpfs lab /run
mkdir -p /run/haproxy /run/watari /run/overlay
for folder in /etc /var /usr/local; do
  name=$(echo "$folder" | tr / _)
  mkdir -p "/run/overlay/upper$name" "/run/overlay/work$name"
  mount -t overlay lab -o "lowerdir=$folder,upperdir=/run/overlay/upper$name,workdir=/run/overlay/work$name" "$folder"
done
cp -a "$1/root/." /
mkdir -p /var/lib/watari /etc/nftables.d
cat "$1/hosts" >> /etc/hosts
sysctl -q -p /etc/sysctl.d/90-watari.conf --pattern '^net' 2>/dev/null || true
. "$1/boot" >> "$1/log" 2>&1 < /dev/null
while true; do wait || true; sleep 1; done
