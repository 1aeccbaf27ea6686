#!/bin/bash
# strongSwan has each algorithm and plugin that the links use, and takes a connection like theirs.
set -euo pipefail
file=/etc/swanctl/conf.d/check.conf
trap 'rm -f "$file"; systemctl stop strongswan.service' EXIT
cat > "$file" <<'CONF'
connections {
  check {
    version = 2
    remote_addrs = 192.0.2.2
    proposals = aes256gcm16-prfsha256-modp2048,aes256-sha256-modp2048
    if_id_in = 7
    if_id_out = 7
    local {
      auth = psk
      id = 192.0.2.1
    }
    remote {
      auth = psk
      id = 192.0.2.2
    }
    children {
      check {
        local_ts = 0.0.0.0/0
        remote_ts = 0.0.0.0/0
        esp_proposals = aes256gcm16-modp2048,aes256-sha256-modp2048
      }
    }
  }
}
CONF
timeout 120 systemctl start strongswan.service
swanctl --load-conns
swanctl --list-conns | grep '^check: IKEv2'
algorithms=$(swanctl --list-algs)
for algorithm in 'AES_GCM_16\[' 'AES_CBC\[' 'HMAC_SHA2_256_128\[' 'PRF_HMAC_SHA2_256\[' 'MODP_2048\['; do
  grep -q "$algorithm" <<< "$algorithms" || { echo "no $algorithm"; exit 1; }
done
# One xfrm interface for each tunnel, which the kernel has to have.
unshare --net ip link add xfrm7 type xfrm dev lo if_id 7
