#!/bin/bash
# FRR starts with the daemons of the platform's routers and has a neighbor for BGP and BFD; what it was is put back.
set -euo pipefail
keep=$(mktemp -d)
cp -a /etc/frr/. "$keep/"
# shellcheck disable=SC2317 # Run by the trap.
restore() {
  systemctl stop frr.service || true
  cp -a "$keep/." /etc/frr/
  rm -rf "$keep"
}
trap restore EXIT
cat > /etc/frr/daemons <<'CONF'
bgpd=yes
bfdd=yes
vtysh_enable=yes
zebra_options="  -A 127.0.0.1 -s 90000000"
bgpd_options="   -A 127.0.0.1"
bfdd_options="   -A 127.0.0.1"
CONF
cat > /etc/frr/frr.conf <<'CONF'
frr defaults traditional
service integrated-vtysh-config
router bgp 64512
 bgp router-id 192.0.2.1
 neighbor 192.0.2.2 remote-as 64513
 neighbor 192.0.2.2 bfd
exit
CONF
timeout 120 systemctl start frr.service
for _ in $(seq 30); do
  if vtysh -c 'show bgp summary' 2> /dev/null | grep 192.0.2.2 && vtysh -c 'show bfd peers' | grep 192.0.2.2; then exit 0; fi
  sleep 1
done
vtysh -c 'show bgp summary' -c 'show bfd peers'
exit 1
