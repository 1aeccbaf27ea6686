#!/bin/bash
# Takes away all that belongs to one machine or to the build, then looks whether it is gone. Nothing may run after this
# that writes: what the checks see is what is kept.
set -euo pipefail

# The folder of the build goes too; what is still needed of it lives in memory.
keep=/run/watari-seal
rm -rf "$keep"
mkdir -p "$keep"
cp -r checks manifest.tsv "$keep/"
cd "$keep"

sources() {
  rm -f /etc/apt/sources.list.d/* /etc/dpkg/dpkg.cfg.d/watari-build /usr/sbin/policy-rc.d
  # The snapshot, or the mirror of whoever built, is of no use to a machine; whoever repairs one by hand wants today's.
  cat > /etc/apt/sources.list <<SOURCES
deb http://deb.debian.org/debian $WATARI_SUITE main
deb http://deb.debian.org/debian $WATARI_SUITE-updates main
deb http://deb.debian.org/debian-security $WATARI_SUITE-security main
SOURCES
  apt-get clean
  rm -rf /var/lib/apt/lists/* /var/cache/apt/*.bin /var/cache/debconf/*-old /var/backups/*
}

# What would write again while it is shut down is stopped first, or is told not to.
quiet() {
  # Google's agent would make the build's account again.
  systemctl stop chrony.service prometheus-node-exporter.service rsyslog.service cron.service \
    google-guest-agent.service 2>/dev/null || true
  local unit
  for unit in systemd-random-seed networking; do
    mkdir -p "/run/systemd/system/$unit.service.d"
    printf '[Service]\nExecStop=\n' > "/run/systemd/system/$unit.service.d/seal.conf"
  done
  systemctl daemon-reload
}

identity() {
  rm -f /etc/ssh/ssh_host_* /etc/ssh/watari-authority.pub /etc/ssh/sshd_config.d/*cloud* /etc/ssl/private/ssl-cert-snakeoil.key \
    /etc/ssl/certs/ssl-cert-snakeoil.pem /var/lib/systemd/random-seed /var/lib/systemd/credential.secret
  : > /etc/machine-id
  chmod 0444 /etc/machine-id
  rm -f /var/lib/dbus/machine-id
  [ ! -d /var/lib/dbus ] || ln -s /etc/machine-id /var/lib/dbus/machine-id
  echo localhost > /etc/hostname
  printf '127.0.0.1 localhost\n::1 localhost ip6-localhost ip6-loopback\n' > /etc/hosts
  rm -rf /var/lib/dhcp/* /var/lib/NetworkManager/*.lease /var/lib/chrony/* /var/lib/systemd/timesync/* /run/systemd/netif/leases/*
  # Written for the build's network, and again by whoever boots.
  rm -f /etc/network/interfaces.d/50-cloud-init /etc/netplan/50-cloud-init.yaml
  [ -L /etc/resolv.conf ] || : > /etc/resolv.conf
}

first_boot() {
  if command -v cloud-init > /dev/null; then cloud-init clean --logs --seed > /dev/null; fi
  rm -rf /var/lib/cloud/* /etc/sudoers.d/90-cloud-init-users
}

logs() {
  journalctl --relinquish-var 2>/dev/null || true
  rm -rf /var/log/journal/*
  # Emptied in place: owners and modes stay, and services that hold one open write on in it.
  find /var/log -type f \( -name '*.gz' -o -name '*.[0-9]' \) -delete
  find /var/log -type f -exec truncate -s 0 {} +
  rm -rf /var/crash/* /var/lib/systemd/coredump/* /var/lib/prometheus/node-exporter/*
}

# The account that Packer logged in with. Its process still runs, on a copy of what it was.
account() {
  local user=${SUDO_USER:-}
  [ "${PACKER_BUILDER_TYPE:-}" != qemu ] || user=packer
  case "$user" in '' | root) return ;; esac
  rm -f "/etc/sudoers.d/$user" "/etc/sudoers.d/90-$user"
  # Accounts of a directory, as OS Login is one, are not this machine's to delete. `userdel` complains that it is in use.
  if grep -q "^$user:" /etc/passwd; then userdel -f -r "$user" 2>/dev/null || true; fi
  if grep -q "^$user:" /etc/group; then groupdel "$user"; fi
}

leftovers() {
  rm -rf /root/.ssh /root/.*history* /root/.cache /root/.wget-hsts
  find /home -mindepth 1 -delete
  rm -rf /etc/oslogin_*.cache /var/google-sudoers.d/* /var/google-users.d/*
  rm -f /etc/passwd- /etc/group- /etc/shadow- /etc/gshadow- /etc/subuid- /etc/subgid-
  find /tmp /var/tmp -mindepth 1 -delete 2>/dev/null || true
}

sources
quiet
first_boot
identity
account
leftovers
logs

bash checks/sealed.sh

# For MAAS the file system itself is wanted: as a stream behind the first block of the second disk, which says its length.
if [ "${WATARI_FORMAT:-}" = tgz ]; then
  tar -C / --one-file-system --xattrs --xattrs-include='*' --acls --numeric-owner --sort=name -c . | gzip -n |
    tee >(wc -c > "$keep/bytes") | dd of=/dev/vdb bs=1M seek=4096 oflag=seek_bytes iflag=fullblock status=none
  until [ -s "$keep/bytes" ]; do sleep 0.2; done
  dd if="$keep/bytes" of=/dev/vdb conv=notrunc status=none
  echo "archive of $(cat "$keep/bytes") bytes"
fi

sync
if [ "${PACKER_BUILDER_TYPE:-}" = qemu ]; then
  # By force: an orderly stop has services write logs, seeds and leases again. The delay lets Packer take its script away.
  systemd-run -q --on-active=20 --timer-property=AccuracySec=1s systemctl poweroff --force
fi
