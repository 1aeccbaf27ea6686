import { Ec2SubnetCidrReservation } from '@cdktf/provider-aws/lib/ec2-subnet-cidr-reservation';
import { Subnet } from '@cdktf/provider-aws/lib/subnet';
import type { Construct } from 'constructs';
import { type SitePlan, type Tier, type Zone, tiers, zones } from '../../contract/plan';
import type { Site } from '../../contract/site';
import { subdivide } from '../../util/cidr';
import { nameTag } from './naming';
import { providerOf } from './provider';
import { settingsOf } from './settings';

/**
 * Subnets beside those of the tiers, each in the shared quarter of a tier and cut by zone: `attachment` for the
 * interfaces of the transit gateway, `virtual` for the planned addresses of internal balancers, `public` for NAT
 * gateways and public balancers.
 */
export const serviceSubnets = { attachment: 'transit', virtual: 'balancer', public: 'edge' } as const;
export type ServiceSubnet = keyof typeof serviceSubnets;
export type SubnetKind = Tier | ServiceSubnet;

/** Machines with public addresses live in the first; only these have a route to the internet gateway. */
export const publicKinds: readonly SubnetKind[] = ['transit', 'public'];
export const subnetKinds: readonly SubnetKind[] = [...tiers, ...(Object.keys(serviceSubnets) as ServiceSubnet[])];

export const subnetHandle = (kind: SubnetKind, zone: Zone): string => `subnet-${kind}-${zone}`;

/** The range of a subnet: a tier's zone, or a quarter of a tier's shared quarter. */
export function subnetCidr(plan: SitePlan, kind: SubnetKind, zone: Zone): string {
  if (!isService(kind)) return plan.tiers[kind].zones[zone];
  return subdivide(plan.tiers[serviceSubnets[kind]].shared, 2, zones.indexOf(zone));
}

/** Subnets by handle. */
export function makeSubnets(scope: Construct, site: Site, vpcId: string): Record<string, Subnet> {
  const provider = providerOf(scope, site.id);
  const { zones: zoneIds } = settingsOf(site);
  const entries = subnetKinds.flatMap((kind) =>
    zones.map((zone, index) => {
      const key = subnetHandle(kind, zone);
      const subnet = new Subnet(scope, key, {
        provider,
        vpcId,
        cidrBlock: subnetCidr(site.plan, kind, zone),
        availabilityZoneId: zoneIds[index] ?? '',
        mapPublicIpOnLaunch: false,
        tags: nameTag(site, kind, zone),
      });
      return [key, subnet] as const;
    }),
  );
  return Object.fromEntries(entries);
}

/** Keeps the addresses that the plan may give to fixed edges free of the elastic ones, which AWS places by itself. */
export function reservePlannedAddresses(scope: Construct, site: Site, subnets: Readonly<Record<string, Subnet>>): void {
  for (const zone of zones) {
    const key = subnetHandle('edge', zone);
    new Ec2SubnetCidrReservation(scope, `planned-edge-${zone}`, {
      provider: providerOf(scope, site.id),
      subnetId: subnets[key]?.id ?? '',
      cidrBlock: subdivide(subnetCidr(site.plan, 'edge', zone), 2, 0),
      reservationType: 'explicit',
      description: 'addresses of fixed machines',
    });
  }
}

function isService(kind: SubnetKind): kind is ServiceSubnet {
  return kind in serviceSubnets;
}
