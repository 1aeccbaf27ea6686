#!/bin/bash
# Starts what a boot would start, and asks the checks of what runs. Any that fails ends the build.
set -euo pipefail

rm -f /usr/sbin/policy-rc.d
systemctl daemon-reload

# The firewall would cut off the build, and the first boot's configuration is not this machine's to have.
masked=()
for unit in nftables cloud-init-local cloud-init cloud-config cloud-final; do
  systemctl is-active -q "$unit.service" || masked+=("$unit.service")
done
[ "${#masked[@]}" = 0 ] || systemctl mask -q --runtime "${masked[@]}"
# A machine of the build may be older than those that the image is for: QEMU emulates no AVX-512.
if [ -x /usr/local/lib/watari/cpu-level ] && ! /usr/local/lib/watari/cpu-level > /dev/null 2>&1; then
  echo "# This machine is below x86-64-v$WATARI_LEVEL: its guard is let pass for the checks."
  touch /run/watari-other-level
fi
sysctl -q --system
timeout 300 systemctl start multi-user.target
[ "${#masked[@]}" = 0 ] || systemctl unmask -q --runtime "${masked[@]}"

bash checks/running.sh | tee checks.tap
