import type { SystemdUnit } from '../contract/configuration';
import type { GatewaySegment } from './gateway';

/**
 * Addresses the machine's further interface, whose name only the machine knows: the one with hardware behind it and
 * without the machine's own address. FRR comes before the network on Debian and Ubuntu and takes the address when it is there.
 */
export function segmentUnit(ownAddress: string, segment: GatewaySegment): SystemdUnit {
  const { path, address } = segment;
  const length = path.cidr.split('/')[1] ?? '24';
  return {
    name: 'watari-segment.service',
    content: `[Unit]
Description=Interface in the stretched segment
After=network-online.target
Wants=network-online.target
[Service]
Type=oneshot
RemainAfterExit=yes
Restart=on-failure
RestartSec=5
ExecStart=/bin/sh -c 'for d in /sys/class/net/*/device; do n=$$(basename $$(dirname $$d)); \\
  ip -o -4 address show dev $$n | grep -qw ${ownAddress} && continue; \\
  ip address replace ${address}/${length} dev $$n && exec ip link set dev $$n mtu ${path.mtu} up; done; exit 1'
[Install]
WantedBy=multi-user.target
`,
  };
}
