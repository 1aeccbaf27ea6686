#!/bin/bash
# The rules load, in a network of their own, and drop what they do not name.
set -euo pipefail
rules=$(unshare --net bash -euc 'nft -f /etc/nftables.conf; nft list chain inet watari input')
grep -q 'policy drop' <<< "$rules"
