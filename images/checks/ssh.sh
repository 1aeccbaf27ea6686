#!/bin/bash
# sshd as it will run: with a key of its own that is not kept, and the operators' authority as user data writes it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
ssh-keygen -q -t ed25519 -N '' -f "$folder/key"
mkdir -p /run/sshd
settings=$(/usr/sbin/sshd -T -h "$folder/key" -C user=root,host=localhost,addr=127.0.0.1)
for line in 'permitrootlogin no' 'passwordauthentication no' 'kbdinteractiveauthentication no' 'permitemptypasswords no' \
  'x11forwarding no' 'maxauthtries 4'; do
  grep -qx "$line" <<< "$settings" || { echo "sshd has no: $line"; exit 1; }
done
if grep -qE '^(ciphers|macs|kexalgorithms) .*(cbc|hmac-sha1|md5|group1-|group14-sha1)' <<< "$settings"; then
  echo 'sshd takes weak algorithms'
  exit 1
fi
