import type { FirewallRule } from './contract/configuration';
import { contains, isCidr } from './util/cidr';

/** Further nftables files of a role (address translation, clamping), loaded with the host's firewall. */
export const firewallFolder = '/etc/nftables.d';

/**
 * A host's firewall as an nftables file: established traffic, loopback, ICMP and the rules are accepted, the rest is
 * dropped. Mid-stream packets of a connection that another machine held before are taken for new ones and answered with
 * a reset, so that clients come back at once after an address has moved.
 */
export function renderHostFirewall(rules: readonly FirewallRule[]): string {
  return `#!/usr/sbin/nft -f
table inet watari
delete table inet watari
table inet watari {
  chain input {
    type filter hook input priority filter; policy drop;
    ct state established,related accept
    iif "lo" accept
    meta l4proto { icmp, ipv6-icmp } accept
${rules.map((rule) => `    ${renderRule(rule)}\n`).join('')}  }
}
include "${firewallFolder}/*.nft"
`;
}

function renderRule(rule: FirewallRule): string {
  const match = [source(rule.from), protocol(rule)].filter(Boolean).join(' ');
  return `${match} accept comment "${rule.why.replace(/["\\\n]/g, ' ').slice(0, 120)}"`;
}

function source(prefixes: readonly string[]): string {
  const outer = outermost(prefixes);
  if (outer.includes('0.0.0.0/0')) return '';
  return `ip saddr { ${outer.join(', ')} }`;
}

/** Prefixes that lie in no other one: nftables refuses a set in which they do. */
export function outermost(prefixes: readonly string[]): readonly string[] {
  const unique = [...new Set(prefixes)].sort();
  const inner = (one: string, other: string) => one !== other && isCidr(one) && isCidr(other) && contains(other, one);
  return unique.filter((one) => !unique.some((other) => inner(one, other)));
}

/** IP protocol numbers: 50 ESP, 89 OSPF, 112 VRRP (IANA). */
function protocol(rule: FirewallRule): string {
  if (rule.protocol === 'tcp' || rule.protocol === 'udp')
    return rule.ports ? `${rule.protocol} dport { ${rule.ports.join(', ')} }` : `meta l4proto ${rule.protocol}`;
  const numbers = { icmp: 'icmp', esp: '50', ospf: '89', vrrp: '112' } as const;
  return `meta l4proto ${numbers[rule.protocol]}`;
}
