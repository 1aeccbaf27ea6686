#!/bin/bash
# A container from a folder with one program: no registry is asked. Its own network, a limit of memory, an exit code.
set -euo pipefail
folder=$(mktemp -d -p /var/tmp)
# Another root for storage: nothing of the check is left in the image.
podman() { command podman --root "$folder/storage" --runroot "$folder/run" "$@"; }
trap 'podman rm -af > /dev/null 2>&1 || true; rm -rf "$folder"' EXIT
mkdir -p "$folder/root/bin"
cp /bin/busybox "$folder/root/bin/"
said=$(podman run --rm --network none --memory 64m --rootfs "$folder/root" /bin/busybox sh -c 'echo "$((6 * 7))"; /bin/busybox ip link')
grep -qx 42 <<< "$said"
if grep -q eth0 <<< "$said"; then
  echo 'the container sees the network of the machine'
  exit 1
fi
code=0
podman run --rm --rootfs "$folder/root" /bin/busybox sh -c 'exit 7' || code=$?
[ "$code" = 7 ]
