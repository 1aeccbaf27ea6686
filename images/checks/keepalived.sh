#!/bin/bash
# keepalived, alone in a network of its own, becomes master and takes the address.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat > "$folder/keepalived.conf" <<'CONF'
global_defs {
  vrrp_version 3
}
vrrp_instance check {
  interface check0
  state BACKUP
  nopreempt
  virtual_router_id 77
  priority 150
  advert_int 0.2
  unicast_src_ip 192.0.2.1
  unicast_peer {
    192.0.2.2
  }
  virtual_ipaddress {
    192.0.2.9/32 dev check0
  }
}
CONF
# shellcheck disable=SC2016 # The inner shell's.
FOLDER=$folder unshare --net bash -euc '
  ip link set lo up
  ip link add check0 type dummy
  ip address add 192.0.2.1/24 dev check0
  ip link set check0 up
  keepalived --dont-fork --use-file "$FOLDER/keepalived.conf" --pid "$FOLDER/pid" --vrrp_pid "$FOLDER/vrrp" \
    --checkers_pid "$FOLDER/checkers" --log-console > "$FOLDER/log" 2>&1 &
  trap "kill $! 2>/dev/null || true; wait" EXIT
  for _ in $(seq 40); do
    if ip -4 address show dev check0 | grep 192.0.2.9; then exit 0; fi
    sleep 0.5
  done
  cat "$FOLDER/log"
  exit 1
'
