#!/bin/bash
# What packages have switched on and a machine of the platform does not have, and the other way round.
set -euo pipefail

mkdir -p /etc/nftables.d /etc/watari
printf '%s\n' "$WATARI_LEVEL" > /etc/watari/cpu-level
systemctl enable nftables.service chrony.service ssh.service prometheus-node-exporter.service watari-cpu-level.service
systemctl disable systemd-journal-upload.service 2>/dev/null || true

# Upgrades come with an image, one half after the other.
systemctl mask apt-daily.timer apt-daily-upgrade.timer
if [ "$(dpkg-query -W -f '${db:Status-Status}' unattended-upgrades 2>/dev/null)" = installed ]; then
  DEBIAN_FRONTEND=noninteractive apt-get -qy purge unattended-upgrades
fi

# Files of a new user are nobody else's. Nobody has a password, so none may expire: log-ins by certificate would end with it.
sed -i 's/^UMASK.*/UMASK 027/' /etc/login.defs
passwd -q -l root
chmod 0600 /etc/crontab 2>/dev/null || true
chmod 0700 /root /etc/cron.d /etc/cron.daily 2>/dev/null || true

# File systems and protocols that no machine of the platform mounts or speaks: less kernel to attack (CIS 1.1.1, 3.2).
for module in cramfs freevxfs hfs hfsplus jffs2 udf usb-storage dccp rds sctp tipc; do
  printf 'install %s /bin/false\nblacklist %s\n' "$module" "$module"
done > /etc/modprobe.d/watari.conf
