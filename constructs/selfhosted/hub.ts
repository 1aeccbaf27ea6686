import type { ConfigurationFile, MachineConfiguration } from '../contract/configuration';
import { firewallFolder } from '../host-firewall';
import { baseFirewall, rule, type MachineBase } from '../machine-base';
import { frrFiles, routerSettings } from './frr';
import { keepalivedParts, type VrrpInput } from './keepalived';
import { processHealth } from './process-health';

export interface HubInput {
  readonly base: MachineBase;
  readonly asn: number;
  /** The floating address is the next hop of the site's hosts. */
  readonly vrrp: VrrpInput;
  /** Where the site's link gateways have their addresses: sessions from there are taken, however many there are. */
  readonly transitCidr: string;
  /** Every internal prefix of the platform: never translated. */
  readonly supernet: string;
  /** Prefixes of the site, whose hosts may go out through this machine. */
  readonly prefixes: readonly string[];
  /** Translates the site's hosts to this machine's own address on their way to the internet. */
  readonly egress: boolean;
}

/**
 * One machine of the pair that hosts send their traffic to: it learns from the link gateways by iBGP, as a route
 * reflector that takes sessions from the whole transit range, so its configuration does not know how many links exist.
 */
export function hubConfiguration(input: HubInput): MachineConfiguration {
  const vrrp = keepalivedParts({ ...input.vrrp, half: input.base.half, check: '/usr/bin/pgrep -x bgpd' });
  const health = processHealth(['bgpd', 'zebra', 'keepalived']);
  return {
    hostname: input.base.hostname,
    files: [
      ...frrFiles(renderHubFrr(input), { bfd: true }),
      ...(input.egress ? [egressFile(input)] : []),
      ...vrrp.files,
      ...health.files,
    ],
    units: [{ name: 'frr.service' }, ...vrrp.units, ...health.units],
    sysctl: routerSettings,
    firewall: [
      ...baseFirewall(input.base),
      ...rule({ protocol: 'tcp', ports: [179], from: [input.transitCidr], why: 'BGP of the link gateways' }),
      ...rule({ protocol: 'udp', ports: [3784, 3785], from: [input.transitCidr], why: 'BFD of the link gateways' }),
      ...vrrp.firewall,
    ],
    routes: input.base.routes,
    sshAuthority: input.base.sshAuthority,
    commands: [],
  };
}

/** BFD 300 ms x 3 within the site: a dead gateway is noticed in under a second. */
export function renderHubFrr(input: HubInput): string {
  const { address, peerAddress } = input.vrrp;
  return `frr defaults traditional
log syslog warnings
service integrated-vtysh-config
router bgp ${input.asn}
 bgp router-id ${address}
 neighbor links peer-group
 neighbor links remote-as ${input.asn}
 neighbor links timers 3 9
 neighbor links bfd
 neighbor ${peerAddress} remote-as ${input.asn}
 neighbor ${peerAddress} timers 3 9
 bgp listen limit 200
 bgp listen range ${input.transitCidr} peer-group links
 address-family ipv4 unicast
  neighbor links route-reflector-client
  maximum-paths ibgp 2
 exit-address-family
exit
`;
}

/** Translation on the way out; from outside nothing comes in but answers. */
function egressFile(input: HubInput): ConfigurationFile {
  return {
    path: `${firewallFolder}/egress.nft`,
    mode: '0644',
    content: `table ip watari-egress
delete table ip watari-egress
table ip watari-egress {
  chain forward {
    type filter hook forward priority filter;
    ct state established,related accept
    ip saddr != ${input.supernet} drop
  }
  chain postrouting {
    type nat hook postrouting priority srcnat;
    ip saddr { ${input.prefixes.join(', ')} } ip daddr != { ${input.supernet}, 169.254.0.0/16, 224.0.0.0/4 } masquerade
  }
}
`,
  };
}
