import type { ConfigurationFile, FirewallRule, SystemdUnit } from '../contract/configuration';
import type { Half } from '../contract/site';

/** Floating addresses of a pair of machines, announced with VRRP between their two addresses. */
export interface VrrpInput {
  /** This machine's own address, and the other's. */
  readonly address: string;
  readonly peerAddress: string;
  /** 1 to 255, unique on the network segment (RFC 5798, 5.2.3). */
  readonly routerId: number;
  readonly virtualAddresses: readonly string[];
  /**
   * This machine's address on the interface that gets the floating addresses.
   * @default `address`: the interface on which the machines talk to each other
   */
  readonly floatingBeside?: string;
}

export interface KeepalivedInput extends VrrpInput {
  readonly half: Half;
  /** Command that fails when this machine should not hold the addresses. */
  readonly check: string;
}

/** The parts that VRRP adds to a machine's configuration. */
export interface KeepalivedParts {
  readonly files: readonly ConfigurationFile[];
  readonly units: readonly SystemdUnit[];
  readonly firewall: readonly FirewallRule[];
}

const templatePath = '/etc/watari/keepalived.conf';
/** In the template, for the interface that has the machine's own address; its name is the provider's affair. */
export const interfacePlaceholder = '@interface@';
/** The same for the interface of the floating addresses. */
export const floatingPlaceholder = '@floating@';

/**
 * keepalived with unicast peers (clouds and many data centres lack multicast) and without preemption: an address moves
 * only when its holder fails. Priority 150 and 100 decide the first election alone.
 */
export function keepalivedParts(input: KeepalivedInput): KeepalivedParts {
  return {
    files: [
      { path: templatePath, mode: '0644', content: renderKeepalived(input) },
      { path: '/usr/local/lib/watari/vrrp', mode: '0755', content: prepareScript(input) },
    ],
    units: [
      { name: 'watari-vrrp.service', content: prepareUnit },
      { name: 'keepalived.service.d/watari.conf', content: dropIn },
      { name: 'keepalived.service' },
    ],
    firewall: [{ protocol: 'vrrp', from: [`${input.peerAddress}/32`], why: 'VRRP of the other machine' }],
  };
}

/** A death without a goodbye leaves the addresses on both machines until keepalived runs again: it is restarted at once. */
const dropIn = `[Unit]
Requires=watari-vrrp.service
After=watari-vrrp.service
[Service]
Restart=always
RestartSec=1
`;

/** A unit of its own, because keepalived's does not even try to start while its configuration is absent. */
const prepareUnit = `[Unit]
Description=Interface of the floating addresses
After=network-online.target
Wants=network-online.target
StartLimitIntervalSec=0
[Service]
Type=oneshot
RemainAfterExit=yes
Restart=on-failure
RestartSec=2
ExecStart=/usr/local/lib/watari/vrrp
[Install]
WantedBy=multi-user.target
`;

function prepareScript(input: KeepalivedInput): string {
  return `#!/bin/sh
# Names the interfaces that have this machine's addresses, which only the machine knows.
set -e
interface() { ip -o -4 address show to "$1/32" | awk '{ print $2; exit }'; }
own=$(interface ${input.address})
floating=$(interface ${input.floatingBeside ?? input.address})
test -n "$own" && test -n "$floating"
mkdir -p /etc/keepalived
sed "s/${interfacePlaceholder}/$own/g; s/${floatingPlaceholder}/$floating/g" ${templatePath} > /etc/keepalived/keepalived.conf
`;
}

/** Advertisements every 0.2 s: a dead holder is replaced within 0.9 s (three intervals and the skew, RFC 5798, 6.1). */
export function renderKeepalived(input: KeepalivedInput): string {
  const addresses = input.virtualAddresses.map((address) => `    ${address}/32 dev ${floatingPlaceholder}\n`);
  return `global_defs {
  vrrp_version 3
  script_user root
  enable_script_security
  vrrp_garp_master_refresh 10
}
vrrp_script alive {
  script "${input.check}"
  interval 1
  timeout 2
  fall 2
  rise 2
}
vrrp_instance watari {
  interface ${interfacePlaceholder}
  state BACKUP
  nopreempt
  virtual_router_id ${input.routerId}
  priority ${input.half === 'a' ? 150 : 100}
  advert_int 0.2
  unicast_src_ip ${input.address}
  unicast_peer {
    ${input.peerAddress}
  }
  virtual_ipaddress {
${addresses.slice(0, 20).join('')}  }
${addresses.length > 20 ? `  virtual_ipaddress_excluded {\n${addresses.slice(20).join('')}  }\n` : ''}  track_script {
    alive
  }
}
`;
}
