import type { ConfigurationFile, FirewallRule, SystemdUnit } from '../contract/configuration';
import type { GatewayTunnel } from './gateway';

export interface IpsecParts {
  readonly files: readonly ConfigurationFile[];
  readonly units: readonly SystemdUnit[];
  readonly firewall: readonly FirewallRule[];
}

/**
 * strongSwan with one xfrm interface for each tunnel, so that routes and not policies decide what goes through it.
 * @param outside this end's public address, its IKE identity; the machine itself may sit behind one-to-one NAT
 */
export function ipsecParts(outside: string, tunnels: readonly GatewayTunnel[]): IpsecParts {
  const from = [...new Set(tunnels.map(({ peerOutside }) => peerOutside))];
  return {
    files: [
      { path: '/etc/swanctl/conf.d/watari.conf', mode: '0600', tokens: true, content: renderSwanctl(outside, tunnels) },
      { path: '/etc/strongswan.d/watari.conf', mode: '0644', content: noRoutes },
    ],
    units: [{ name: 'watari-tunnels.service', content: interfacesUnit(tunnels) }, { name: 'strongswan.service' }],
    firewall: [
      { protocol: 'udp', ports: [500, 4500], from, why: 'IKE and encapsulated ESP' },
      { protocol: 'esp', from, why: 'IPsec' },
    ],
  };
}

const noRoutes = `charon {
  install_routes = no
}
charon-systemd {
  install_routes = no
}
`;

/**
 * Proposals that both AWS and GCP take (AES-256-GCM or CBC with SHA-256, group 14). Dead peers are noticed after 5 s of
 * silence by IKE; BGP's hold time notices the rest.
 */
export function renderSwanctl(outside: string, tunnels: readonly GatewayTunnel[]): string {
  return `connections {
${tunnels.map((tunnel) => connection(outside, tunnel)).join('')}}
secrets {
${tunnels.map(({ tunnel, peerOutside }) => `  ike-${tunnel.id} {\n    id = ${peerOutside}\n    secret = "${tunnel.preSharedKey}"\n  }\n`).join('')}}
`;
}

function connection(outside: string, { tunnel, peerOutside }: GatewayTunnel): string {
  const mark = interfaceId(tunnel.inside);
  return `  ${tunnel.id} {
    version = 2
    remote_addrs = ${peerOutside}
    proposals = aes256gcm16-prfsha256-modp2048,aes256-sha256-modp2048
    keyingtries = 0
    dpd_delay = 5s
    rekey_time = 7h
    if_id_in = ${mark}
    if_id_out = ${mark}
    local {
      auth = psk
      id = ${outside}
    }
    remote {
      auth = psk
      id = ${peerOutside}
    }
    children {
      ${tunnel.id} {
        local_ts = 0.0.0.0/0
        remote_ts = 0.0.0.0/0
        esp_proposals = aes256gcm16-modp2048,aes256-sha256-modp2048
        rekey_time = 50m
        start_action = start
        dpd_action = restart
        close_action = start
      }
    }
  }
`;
}

/** A number that belongs to the tunnel whatever others there are: the last two bytes of its inside address. */
function interfaceId(inside: string): number {
  const [, , third = '0', fourth = '0'] = inside.split('.');
  return Number(third) * 256 + Number(fourth);
}

function interfacesUnit(tunnels: readonly GatewayTunnel[]): string {
  const commands = tunnels.flatMap(({ tunnel, path }) => {
    const name = `xfrm${interfaceId(tunnel.inside)}`;
    return [
      `-/sbin/ip link add ${name} type xfrm dev lo if_id ${interfaceId(tunnel.inside)}`,
      `/sbin/ip address replace ${tunnel.inside}/${tunnel.insideCidr.split('/')[1] ?? '30'} dev ${name}`,
      `/sbin/ip link set dev ${name} mtu ${path.mtu} up`,
    ];
  });
  return `[Unit]
Description=Interfaces of the tunnels
After=network.target
Before=strongswan.service
[Service]
Type=oneshot
RemainAfterExit=yes
${commands.map((command) => `ExecStart=${command}\n`).join('')}[Install]
WantedBy=multi-user.target
`;
}
