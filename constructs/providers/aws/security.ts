import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import type { Construct } from 'constructs';
import { type Tier, tiers } from '../../contract/plan';
import type { Site } from '../../contract/site';
import { nameOf, nameTag, tagLength } from './naming';
import { providerOf } from './provider';

const anywhere = '0.0.0.0/0';

export const groupHandle = (tier: Tier): string => `security-group-${tier}`;

/** What may come in; one resource each, so that several stacks can add to one group. */
export interface Ingress {
  /** Permanent: part of the rule's id. */
  readonly id: string;
  readonly why: string;
  readonly protocol: string;
  readonly fromPort?: number;
  readonly toPort?: number;
  readonly cidr?: string;
  readonly fromGroup?: string;
}

/** Routers tell senders of smaller paths by ICMP type 3 code 4 (RFC 1191), which a group drops unless it is named. */
export const pathMtuDiscovery: Ingress = {
  id: 'path-mtu',
  why: 'path MTU discovery',
  protocol: 'icmp',
  fromPort: 3,
  toPort: 4,
  cidr: anywhere,
};

/** Gateways with public addresses end tunnels of any peer. */
const ipsec: readonly Ingress[] = [
  { id: 'ike', why: 'IKE', protocol: 'udp', fromPort: 500, toPort: 500, cidr: anywhere },
  { id: 'nat-t', why: 'IPsec NAT traversal', protocol: 'udp', fromPort: 4500, toPort: 4500, cidr: anywhere },
  { id: 'esp', why: 'ESP', protocol: '50', cidr: anywhere },
];

/** A group for each tier. Inside the platform the hosts' own firewalls decide by role; nothing else gets in. */
export function makeTierGroups(scope: Construct, site: Site, vpcId: string): Record<Tier, SecurityGroup> {
  const entries = tiers.map((tier) => [tier, makeTierGroup(scope, site, vpcId, tier)] as const);
  return Object.fromEntries(entries) as Record<Tier, SecurityGroup>;
}

function makeTierGroup(scope: Construct, site: Site, vpcId: string, tier: Tier): SecurityGroup {
  const id = groupHandle(tier);
  const group = makeGroup(scope, id, site, vpcId, [tier], `machines of tier ${tier}`);
  const platform: Ingress = { id: 'platform', why: 'the platform', protocol: '-1', cidr: site.supernet };
  const rules = [platform, pathMtuDiscovery, ...(tier === 'transit' ? ipsec : [])];
  for (const rule of rules) allowIn(scope, id, site, group.id, rule);
  allowOut(scope, `${id}-out`, site, group.id, { protocol: '-1', cidr: anywhere, why: 'anything' });
  return group;
}

export function makeGroup(
  scope: Construct,
  id: string,
  site: Site,
  vpcId: string,
  parts: readonly string[],
  description: string,
): SecurityGroup {
  return new SecurityGroup(scope, id, {
    provider: providerOf(scope, site.id),
    vpcId,
    name: nameOf(site, parts, tagLength),
    description,
    tags: nameTag(site, ...parts),
  });
}

export function allowIn(scope: Construct, prefix: string, site: Site, group: string, rule: Ingress): void {
  new VpcSecurityGroupIngressRule(scope, `${prefix}-${rule.id}`, {
    provider: providerOf(scope, site.id),
    securityGroupId: group,
    description: rule.why,
    ipProtocol: rule.protocol,
    ...(rule.fromPort === undefined ? {} : { fromPort: rule.fromPort }),
    ...(rule.toPort === undefined ? {} : { toPort: rule.toPort }),
    ...(rule.cidr === undefined ? {} : { cidrIpv4: rule.cidr }),
    ...(rule.fromGroup === undefined ? {} : { referencedSecurityGroupId: rule.fromGroup }),
  });
}

export interface Egress {
  readonly protocol: string;
  readonly port?: number;
  readonly cidr: string;
  readonly why: string;
}

export function allowOut(scope: Construct, id: string, site: Site, group: string, rule: Egress): void {
  new VpcSecurityGroupEgressRule(scope, id, {
    provider: providerOf(scope, site.id),
    securityGroupId: group,
    description: rule.why,
    ipProtocol: rule.protocol,
    cidrIpv4: rule.cidr,
    ...(rule.port === undefined ? {} : { fromPort: rule.port, toPort: rule.port }),
  });
}
