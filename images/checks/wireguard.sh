#!/bin/bash
# The kernel has WireGuard, and the tools configure it: in a network of its own.
set -euo pipefail
# shellcheck disable=SC2016 # The inner shell's.
unshare --net bash -euc '
  ip link add check0 type wireguard
  wg set check0 listen-port 51899 private-key <(wg genkey)
  ip link set check0 up
  wg show check0 | grep "listening port: 51899"
'
