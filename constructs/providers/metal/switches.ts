import type { ITerraformDependable } from 'cdktf';
import type { Construct } from 'constructs';
import { AggregateRoute } from '../../../.gen/providers/junos/aggregate-route';
import { InterfaceLogical } from '../../../.gen/providers/junos/interface-logical';
import { InterfacePhysical } from '../../../.gen/providers/junos/interface-physical';
import type { JunosProvider } from '../../../.gen/providers/junos/provider';
import { RoutingOptions } from '../../../.gen/providers/junos/routing-options';
import { StaticRoute } from '../../../.gen/providers/junos/static-route';
import { Vlan } from '../../../.gen/providers/junos/vlan';
import { type Tier, tiers } from '../../contract/plan';
import { type Half, halves } from '../../contract/site';
import { sortedEntries } from '../../util/group';
import { internalMesh, internalPolicy } from './bgp';
import { routerAddress, routerFloatingAddress, switchAddress, switchVrrpGroup, withPrefix } from './layout';
import { description, junosName } from './names';
import { junosOf } from './provider';
import type { MetalSite, PortTier } from './settings';

/** VRRP priority: switch a is the gateway while it lives. */
const vrrpPriority: Readonly<Record<Half, number>> = { a: 200, b: 100 };
/** Largest packet of a routed port, where the settings say nothing: AWS takes 8500, GCP 8896. */
export const defaultCircuitMtu = 9000;
/** Ethernet header and two tags, which Junos counts into a port's MTU. */
const frameBytes = 22;

interface Switch {
  readonly scope: Construct;
  readonly site: MetalSite;
  readonly half: Half;
  readonly provider: JunosProvider;
}

const otherHalf = (half: Half): Half => (half === 'a' ? 'b' : 'a');

/** Both switches: VLANs and gateways of the tiers, ports, and the routing that links attach to. */
export function buildSwitches(scope: Construct, site: MetalSite): void {
  for (const half of halves) buildSwitch({ scope, site, half, provider: junosOf(scope, site, half) });
}

function buildSwitch(device: Switch): void {
  const gateways = tiers.map((tier) => tierGateway(device, tier));
  const vlans = buildVlans(device, gateways);
  buildPorts(device, vlans);
  buildRouting(device, gateways);
}

export const vlanName = (site: MetalSite, tier: PortTier): string => junosName(site.platform, site.id, tier);

/** The switch's address in a tier and the gateway that both switches share. */
function tierGateway({ scope, site, half, provider }: Switch, tier: Tier): InterfaceLogical {
  const { cidr, gateway, vlan } = site.plan.tiers[tier];
  return new InterfaceLogical(scope, `irb-${half}-${tier}`, {
    provider,
    name: `irb.${vlan}`,
    description: description(site, `gateway of tier ${tier}`),
    familyInet: {
      address: [
        {
          cidrIp: withPrefix(switchAddress(site, half, tier), cidr),
          vrrpGroup: [
            { identifier: switchVrrpGroup, virtualAddress: [gateway], priority: vrrpPriority[half], acceptData: true },
          ],
        },
      ],
    },
  });
}

function buildVlans({ scope, site, half, provider }: Switch, gateways: readonly InterfaceLogical[]): Vlan[] {
  const routed = tiers.map((tier, index) => {
    const name = vlanName(site, tier);
    const about = description(site, `tier ${tier}`);
    const vlanId = String(site.plan.tiers[tier].vlan);
    return new Vlan(scope, `vlan-${half}-${tier}`, {
      provider,
      name,
      vlanId,
      description: about,
      l3Interface: gateways[index]?.name,
    });
  });
  if (!site.settings.public) return routed;
  // The upstream's router is the gateway of the public block; here it is switched only.
  const config = {
    name: vlanName(site, 'public'),
    vlanId: String(site.settings.public.vlan),
    description: description(site, 'public block'),
  };
  return [...routed, new Vlan(scope, `vlan-${half}-public`, { provider, ...config })];
}

function buildPorts({ scope, site, half, provider }: Switch, vlans: readonly Vlan[]): void {
  const { access, trunks, circuits = {} } = site.settings.switches[half];
  const dependsOn: ITerraformDependable[] = [...vlans];
  const port = (name: string, to: string) => ({ provider, name, description: description(site, to), dependsOn });
  for (const [name, { tier, to }] of sortedEntries(access)) {
    new InterfacePhysical(scope, `port-${half}-${portId(name)}`, {
      ...port(name, to),
      vlanMembers: [vlanName(site, tier)],
    });
  }
  for (const [name, { tiers: members, to }] of sortedEntries(trunks)) {
    const vlanMembers = members ? members.map((tier) => vlanName(site, tier)).sort() : ['all'];
    new InterfacePhysical(scope, `port-${half}-${portId(name)}`, { ...port(name, to), trunk: true, vlanMembers });
  }
  for (const [name, { to, mtu }] of sortedEntries(circuits)) {
    new InterfacePhysical(scope, `port-${half}-${portId(name)}`, {
      ...port(name, to),
      vlanTagging: true,
      mtu: (mtu ?? defaultCircuitMtu) + frameBytes,
    });
  }
}

/** A port's name as part of a construct id: `xe-0-0-12`. */
export const portId = (port: string): string => port.replace(/[^a-z0-9]+/g, '-');

function buildRouting({ scope, site, half, provider }: Switch, gateways: readonly InterfaceLogical[]): void {
  const own = switchAddress(site, half, 'transit');
  const system = new RoutingOptions(scope, `routing-${half}`, {
    provider,
    autonomousSystem: { number: String(site.asn) },
    routerId: own,
    cleanOnDestroy: true,
  });
  new AggregateRoute(scope, `own-block-${half}`, { provider, destination: site.plan.cidr, discard: true });
  new StaticRoute(scope, `internet-${half}`, {
    provider,
    destination: '0.0.0.0/0',
    nextHop: [routerFloatingAddress(site)],
    dependsOn: [...gateways],
  });
  const policy = internalPolicy(scope, `internal-${half}`, site, provider);
  const other = otherHalf(half);
  const peers = {
    switch: switchAddress(site, other, 'transit'),
    'router-a': routerAddress(site, 'a'),
    'router-b': routerAddress(site, 'b'),
  };
  internalMesh(scope, `mesh-${half}`, provider, { policy: policy.name, local: own, peers }, [system, ...gateways]);
}
