#!/bin/bash
# Debian as it was at the snapshot, and nothing from elsewhere: the same packages on every provider, today and in a year.
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive

# The provider's own image may be in the middle of an update of its own.
systemctl stop apt-daily.timer apt-daily-upgrade.timer apt-daily.service apt-daily-upgrade.service 2>/dev/null || true

# A snapshot's lists have long expired; the signatures are checked all the same. A mirror that lives may not be old.
options=""
case "$WATARI_ARCHIVE" in *//snapshot.debian.org/*) options="[check-valid-until=no] " ;; esac
rm -f /etc/apt/sources.list.d/*
cat > /etc/apt/sources.list <<SOURCES
deb $options$WATARI_ARCHIVE $WATARI_SUITE main
deb $options$WATARI_ARCHIVE $WATARI_SUITE-updates main
deb $options$WATARI_SECURITY_ARCHIVE $WATARI_SUITE-security main
SOURCES

cat > /etc/apt/apt.conf.d/91-watari-image <<'SETTINGS'
APT::Install-Recommends "0";
APT::Install-Suggests "0";
Acquire::Languages "none";
Acquire::Retries "5";
DPkg::Lock::Timeout "300";
SETTINGS

# For the build alone: 90-seal.sh takes both away. Nothing is lost when a disk that is not finished is lost.
cat > /etc/dpkg/dpkg.cfg.d/watari-build <<'SETTINGS'
force-unsafe-io
force-confdef
force-confold
path-exclude=/usr/share/doc/*
path-include=/usr/share/doc/*/copyright
path-exclude=/usr/share/man/*
path-exclude=/usr/share/locale/*
path-include=/usr/share/locale/locale.alias
SETTINGS
printf '#!/bin/sh\nexit 101\n' > /usr/sbin/policy-rc.d
chmod 0755 /usr/sbin/policy-rc.d

apt-get -q update
# Packages of the provider's image that are newer than the snapshot stay: a downgrade is not supported by Debian.
apt-get -qy dist-upgrade

# Metal and VMware have disks and network cards that Debian's cloud kernel does not know.
case "${WATARI_FORMAT:-}" in
  tgz | ova)
    apt-get -qy install "linux-image-$WATARI_ARCHITECTURE"
    # The question whether the running kernel may go would stop the build.
    echo 'linux-base linux-base/removing-running-kernel boolean false' | debconf-set-selections
    mapfile -t cloud < <(dpkg-query -W -f '${db:Status-Status} ${Package}\n' 'linux-image-*cloud*' | sed -n 's/^installed //p')
    [ "${#cloud[@]}" = 0 ] || apt-get -qy purge "${cloud[@]}"
    ;;
esac
case "${WATARI_FORMAT:-}" in
  # MAAS installs the boot loader from what the archive brings, with BIOS or UEFI.
  tgz)
    if [ "$WATARI_ARCHITECTURE" = amd64 ]; then boot="grub-pc-bin grub-efi-amd64-signed"; else boot="grub-efi-arm64-signed"; fi
    # shellcheck disable=SC2086 # Two packages.
    apt-get -qy install "grub-efi-$WATARI_ARCHITECTURE" shim-signed efibootmgr $boot
    ;;
  ova) apt-get -qy install open-vm-tools ;;
esac
