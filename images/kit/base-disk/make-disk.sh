#!/bin/sh
# The last hook of mmdebstrap: makes a bootable disk, /tmp/disk/disk.raw, of the system in $1. No loop device, no mount on
# the host: it works as root and in the user namespace of a normal user alike. ARCHITECTURE is amd64 or arm64; TOOLS are
# the packages that this script needs and a machine does not: they are gone before the file system is made.
set -eu
root=$1
work=$root/tmp/disk
: "${ARCHITECTURE:?}" "${TOOLS:?}"

# Partitions in sectors of 512 bytes: GRUB of BIOS machines, the EFI system partition, the rest.
bios_start=2048
esp_start=4096
esp_sectors=131072
root_start=$((esp_start + esp_sectors))

case "$ARCHITECTURE" in
  amd64) console=ttyS0,115200 efi=x86_64-efi boot_file=BOOTX64.EFI ;;
  arm64) console=ttyAMA0 efi=arm64-efi boot_file=BOOTAA64.EFI ;;
  *) echo "no boot loader for $ARCHITECTURE" >&2 && exit 1 ;;
esac

inside() {
  chroot "$root" env LC_ALL=C DEBIAN_FRONTEND=noninteractive "$@"
}

configure() {
  echo 'LABEL=root / ext4 errors=remount-ro,noatime 0 1' > "$root/etc/fstab"
  printf '127.0.0.1 localhost\n::1 localhost ip6-localhost ip6-loopback\n' > "$root/etc/hosts"
  echo localhost > "$root/etc/hostname"
  echo 'LANG=C.UTF-8' > "$root/etc/default/locale"
  # A build's seed is all that there is to look for; an image says itself where its machines find theirs.
  echo 'datasource_list: [NoCloud, None]' > "$root/etc/cloud/cloud.cfg.d/90_dpkg.cfg"
  inside systemctl -q enable systemd-networkd.service systemd-resolved.service
  rm -f "$root"/etc/ssh/ssh_host_* "$root/var/lib/dbus/machine-id"
  : > "$root/etc/machine-id"
}

# The links of the newest kernel are kept by its package: this file stays true when a kernel is added or taken away.
boot_menu() {
  mkdir -p "$root/boot/grub"
  cat > "$root/boot/grub/grub.cfg" <<MENU
set timeout=0
serial --unit=0 --speed=115200
terminal_input console serial
terminal_output console serial
linux /vmlinuz root=LABEL=root ro console=tty0 console=$console
initrd /initrd.img
boot
MENU
  [ -e "$root/vmlinuz" ] && [ -e "$root/initrd.img" ]
}

boot_loaders() {
  cat > "$work/early.cfg" <<'EARLY'
search --no-floppy --label root --set=root
set prefix=($root)/boot/grub
configfile /boot/grub/grub.cfg
EARLY
  modules="part_gpt ext2 search search_label configfile normal linux serial terminal echo boot"
  # shellcheck disable=SC2086 # Several modules.
  inside grub-mkimage -O "$efi" -o "/tmp/disk/$boot_file" -p /boot/grub -c /tmp/disk/early.cfg fat gzio all_video $modules
  truncate -s $((esp_sectors * 512)) "$work/esp.img"
  inside mkfs.vfat -F 32 -n ESP -i 57415441 /tmp/disk/esp.img > /dev/null
  inside mmd -i /tmp/disk/esp.img ::/EFI ::/EFI/BOOT
  inside mcopy -i /tmp/disk/esp.img "/tmp/disk/$boot_file" ::/EFI/BOOT/
  [ "$ARCHITECTURE" = amd64 ] || return 0
  # shellcheck disable=SC2086 # Several modules.
  inside grub-mkimage -O i386-pc -o /tmp/disk/core.img -p /boot/grub -c /tmp/disk/early.cfg biosdisk $modules
  cp "$root/usr/lib/grub/i386-pc/boot.img" "$work/boot.img"
}

# Without what is only good for the build, and without what mmdebstrap itself put there and takes away later.
clean() {
  # shellcheck disable=SC2086 # Several packages.
  inside apt-get -qy purge --auto-remove $TOOLS > /dev/null
  inside apt-get clean
  rm -rf "$root"/var/lib/apt/lists/* "$root"/var/cache/apt/*.bin "$root"/var/log/apt "$root"/var/log/*.log
  rm -f "$root/etc/resolv.conf" "$root/etc/apt/apt.conf.d/99mmdebstrap" "$root/etc/dpkg/dpkg.cfg.d/99mmdebstrap"
  ln -s ../run/systemd/resolve/stub-resolv.conf "$root/etc/resolv.conf"
}

# mke2fs is given the tree through a bind mount of its own, which does not show the mounts of mmdebstrap in it.
file_system() {
  used=$(du -sxm --exclude="$work" "$root" | cut -f 1)
  megabytes=$((used * 5 / 4 + 192))
  truncate -s "${megabytes}M" "$work/root.img"
  # shellcheck disable=SC2016 # Expanded by the inner shell.
  unshare --mount sh -euc '
    mount --bind "$1" "$1/mnt"
    mount -t tmpfs -o mode=0755 none "$1/mnt/dev"
    mount -t tmpfs -o mode=1777 none "$1/mnt/tmp"
    chroot "$1" mke2fs -q -t ext4 -L root -E lazy_itable_init=0 -d /mnt /tmp/disk/root.img
  ' sh "$root"
}

bytes() {
  # A number as so many bytes, the lowest first.
  number=$1 left=$2
  while [ "$left" -gt 0 ]; do
    # shellcheck disable=SC2059 # The format is the byte.
    printf "\\$(printf '%03o' $((number % 256)))"
    number=$((number / 256)) left=$((left - 1))
  done
}

at() {
  dd of="$1" bs=1 seek="$2" conv=notrunc status=none
}

partitions() {
  root_sectors=$(($(stat -c %s "$work/root.img") / 512))
  # Behind the last partition GPT keeps its second copy.
  truncate -s $(((root_start + root_sectors + 2048) * 512)) "$work/disk.raw"
  inside sfdisk -q --no-reread --no-tell-kernel /tmp/disk/disk.raw <<TABLE
label: gpt
start=$bios_start, size=2048, type=21686148-6449-6E6F-744E-656564454649, name=bios
start=$esp_start, size=$esp_sectors, type=C12A7328-F81F-11D2-BA4B-00A0C93EC93B, name=esp
start=$root_start, size=$root_sectors, type=0FC63DAF-8483-4772-8E79-3D69D8477DE4, name=root
TABLE
  place "$work/esp.img" $esp_start
  place "$work/root.img" $root_start
  rm "$work/root.img" "$work/esp.img"
}

place() {
  dd if="$1" of="$work/disk.raw" bs=1M seek=$(($2 * 512)) oflag=seek_bytes conv=notrunc,sparse status=none
}

# What grub-install does on a device: GRUB's first sector is told where its second part begins, and that where its rest is
# (GRUB's own boot.S and diskboot.S: GRUB_BOOT_MACHINE_KERNEL_SECTOR, _BOOT_DRIVE, _DRIVE_CHECK, _LIST_SIZE).
bios_loader() {
  sectors=$((($(stat -c %s "$work/core.img") + 511) / 512))
  [ "$sectors" -lt 2048 ]
  { bytes $((bios_start + 1)) 8 && bytes $((sectors - 1)) 2 && bytes 2080 2; } | at "$work/core.img" 500
  bytes $bios_start 8 | at "$work/boot.img" 92
  bytes 255 1 | at "$work/boot.img" 100
  # The check whether BIOS names a plausible drive: two instructions that do nothing.
  bytes 37008 2 | at "$work/boot.img" 102
  # The partition table's own part of the sector stays.
  dd if="$work/boot.img" of="$work/disk.raw" bs=1 count=440 conv=notrunc status=none
  place "$work/core.img" $bios_start
}

mkdir -p "$work"
configure
boot_menu
boot_loaders
clean
file_system
partitions
[ "$ARCHITECTURE" != amd64 ] || bios_loader
