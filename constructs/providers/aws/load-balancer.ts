import { Eip } from '@cdktf/provider-aws/lib/eip';
import { Lb, type LbSubnetMapping } from '@cdktf/provider-aws/lib/lb';
import { LbListener } from '@cdktf/provider-aws/lib/lb-listener';
import type { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group';
import type { Construct } from 'constructs';
import { type Zone, zones } from '../../contract/plan';
import { ProblemsError } from '../../contract/problem';
import type { Handles, Site } from '../../contract/site';
import { addressAt, parseCidr } from '../../util/cidr';
import { balancerNameLength, nameOf, nameTag } from './naming';
import { providerOf } from './provider';
import { allowIn, allowOut, makeGroup, pathMtuDiscovery } from './security';
import { handleOf } from './settings';
import { subnetCidr, subnetHandle } from './subnets';

/** Addresses at the start and the end of a subnet that AWS keeps: https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html */
const reservedHead = 4;
const reservedTail = 1;

export interface LoadBalancerSpec {
  readonly site: Site;
  readonly network: Handles;
  /** After platform and site. */
  readonly name: readonly string[];
  readonly exposure: 'public' | 'internal';
  /** One address in each. */
  readonly zones: readonly Zone[];
  /** Place of an internal balancer's planned addresses. */
  readonly addressSlot: number;
  /** Ports of the listeners. */
  readonly ports: readonly number[];
  /** Ports of the members, health checks among them. */
  readonly memberPorts: readonly number[];
}

export interface LoadBalancer {
  readonly arn: string;
  readonly securityGroup: string;
  readonly addresses: readonly string[];
}

/**
 * A network load balancer whose addresses are known: elastic ones where it is public, planned ones where it is
 * internal. Any of its addresses reaches the members of every zone.
 */
export function makeLoadBalancer(scope: Construct, id: string, spec: LoadBalancerSpec): LoadBalancer {
  const { site } = spec;
  const group = makeBalancerGroup(scope, id, spec);
  const { mappings, addresses } =
    spec.exposure === 'public' ? publicPlaces(scope, id, spec) : internalPlaces(scope, id, spec);
  const balancer = new Lb(scope, id, {
    provider: providerOf(scope, site.id),
    name: nameOf(site, spec.name, balancerNameLength),
    loadBalancerType: 'network',
    internal: spec.exposure === 'internal',
    ipAddressType: 'ipv4',
    enableCrossZoneLoadBalancing: true,
    securityGroups: [group],
    subnetMapping: mappings,
    tags: nameTag(site, ...spec.name),
  });
  return { arn: balancer.arn, securityGroup: group, addresses };
}

interface Places {
  readonly mappings: LbSubnetMapping[];
  readonly addresses: readonly string[];
}

function publicPlaces(scope: Construct, id: string, { site, network, name, zones: used }: LoadBalancerSpec): Places {
  const places = used.map((zone) => {
    const address = new Eip(scope, `${id}-address-${zone}`, {
      provider: providerOf(scope, site.id),
      domain: 'vpc',
      tags: nameTag(site, ...name, zone),
    });
    const subnetId = handleOf(network, subnetHandle('public', zone));
    return { mapping: { subnetId, allocationId: address.allocationId }, address: address.publicIp };
  });
  return { mappings: places.map((place) => place.mapping), addresses: places.map((place) => place.address) };
}

function internalPlaces(scope: Construct, id: string, spec: LoadBalancerSpec): Places {
  const places = spec.zones.map((zone) => {
    const address = virtualAddress(spec.site, zone, spec.addressSlot, `${scope.node.path}/${id}`);
    const subnetId = handleOf(spec.network, subnetHandle('virtual', zone));
    return { mapping: { subnetId, privateIpv4Address: address }, address };
  });
  return { mappings: places.map((place) => place.mapping), addresses: places.map((place) => place.address) };
}

/**
 * Planned address of an internal balancer in one zone.
 * @param slot from 1
 * @throws ProblemsError when the zone's range has no such slot
 */
export function virtualAddress(site: Site, zone: Zone, slot: number, path: string): string {
  const cidr = subnetCidr(site.plan, 'virtual', zone);
  const { first, last } = parseCidr(cidr);
  const capacity = last - first + 1 - reservedHead - reservedTail;
  if (slot >= 1 && slot <= capacity) return addressAt(cidr, reservedHead - 1 + slot);
  throw new ProblemsError([
    {
      path,
      message: `the range ${cidr} has no address for balancer service ${slot}`,
      value: slot,
      bound: `slots 1 to ${capacity}`,
      fix: 'Spread the services over more sites, or give the site a larger range.',
    },
  ]);
}

/** In: the listeners' ports. Out: the members' ports, anywhere inside the platform. */
function makeBalancerGroup(scope: Construct, id: string, spec: LoadBalancerSpec): string {
  const { site, network, name } = spec;
  const key = `${id}-security-group`;
  const group = makeGroup(
    scope,
    key,
    site,
    handleOf(network, 'vpc'),
    [...name, 'balancer'],
    `balancer ${name.join(' ')}`,
  );
  const cidr = spec.exposure === 'public' ? '0.0.0.0/0' : site.supernet;
  for (const port of unique(spec.ports)) {
    allowIn(scope, key, site, group.id, {
      id: `in-${port}`,
      why: `listener ${port}`,
      protocol: 'tcp',
      fromPort: port,
      toPort: port,
      cidr,
    });
  }
  allowIn(scope, key, site, group.id, pathMtuDiscovery);
  for (const port of unique(spec.memberPorts)) {
    allowOut(scope, `${key}-out-${port}`, site, group.id, {
      protocol: 'tcp',
      port,
      cidr: site.supernet,
      why: `members ${port}`,
    });
  }
  return group.id;
}

export interface ListenerSpec {
  readonly site: Site;
  readonly balancer: LoadBalancer;
  readonly name: readonly string[];
  readonly port: number;
  readonly target: LbTargetGroup;
  /** Seconds without a byte until a flow may be dropped; AWS knows 60 to 6000. */
  readonly idleSeconds: number;
}

export function makeListener(scope: Construct, id: string, spec: ListenerSpec): LbListener {
  return new LbListener(scope, id, {
    provider: providerOf(scope, spec.site.id),
    loadBalancerArn: spec.balancer.arn,
    port: spec.port,
    protocol: 'TCP',
    tcpIdleTimeoutSeconds: spec.idleSeconds,
    defaultAction: [{ type: 'forward', targetGroupArn: spec.target.arn }],
    tags: nameTag(spec.site, ...spec.name),
  });
}

export const allZones: readonly Zone[] = zones;

function unique(ports: readonly number[]): number[] {
  return [...new Set(ports)].sort((a, b) => a - b);
}
