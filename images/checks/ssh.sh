#!/bin/bash
# sshd as it will run: with a host key that is not kept, and the operators' authority as user data has it.
set -euo pipefail
folder=$(mktemp -d)
authority=/etc/ssh/sshd_config.d/10-watari.conf
[ ! -e "$authority" ]
trap 'rm -rf "$folder" "$authority"' EXIT
printf 'TrustedUserCAKeys /etc/ssh/watari-authority.pub\n' > "$authority"
ssh-keygen -q -t ed25519 -N '' -f "$folder/key"
mkdir -p /run/sshd
settings=$(/usr/sbin/sshd -T -h "$folder/key" -C user=root,host=localhost,addr=127.0.0.1)
for line in 'permitrootlogin no' 'passwordauthentication no' 'kbdinteractiveauthentication no' 'permitemptypasswords no' \
  'x11forwarding no' 'maxauthtries 4' 'trustedusercakeys /etc/ssh/watari-authority.pub'; do
  grep -qx "$line" <<< "$settings" || { echo "sshd has no: $line"; exit 1; }
done
if grep -qE '^(ciphers|macs|kexalgorithms) .*(cbc|hmac-sha1|md5|group1-|group14-sha1)' <<< "$settings"; then
  echo 'sshd takes weak algorithms'
  exit 1
fi
