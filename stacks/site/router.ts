import type { MachineDemand, MachineSize, MachineSpec } from '../../constructs/contract/machines';
import type { Place } from '../../constructs/contract/place';
import type { Half } from '../../constructs/contract/site';
import { hubFloatingAddress, routerAddress } from '../../constructs/hub';
import { imageFor } from '../../constructs/images';
import { hubConfiguration } from '../../constructs/selfhosted/hub';
import { fittingUserData } from '../../constructs/user-data';
import type { Platform } from '../platform/platform';

/** Forwards packets and holds a few hundred routes: two CPUs forward 10 Gbit/s of large packets. */
export const routerSize: MachineSize = { vcpu: 2, memoryGiB: 4, diskGiB: 20, egressMbps: 1000 };
/** VRRP group of the router pair; balancer pairs count up behind it, so that no two share a segment and an id. */
const routerGroup = 10;
/** Places of the pair in the site's public block, for its way to the internet. */
const publicSlot: Readonly<Record<Half, number>> = { a: 1, b: 2 };

export const routerDemand = (half: Half): MachineDemand => ({
  name: `router-${half}`,
  role: 'gateway',
  half,
  size: routerSize,
});

/** One of the two machines that route for a site whose network cannot, or that lead to the internet. */
export function routerMachine(platform: Platform, place: Place, half: Half): MachineSpec {
  const { site, adapter } = place;
  const demand = routerDemand(half);
  const { name } = demand;
  const address = routerAddress(place, half);
  const egress = adapter.facts.egress === 'self-hosted';
  const userData = fittingUserData(
    place,
    name,
    hubConfiguration({
      base: {
        hostname: `${site.id}-${name}`,
        half,
        sshAuthority: platform.topology.operators.sshAuthority,
        operators: site.operators,
        healthSources: [site.supernet],
        routes: [],
      },
      asn: site.asn,
      vrrp: {
        address,
        peerAddress: routerAddress(place, half === 'a' ? 'b' : 'a'),
        routerId: routerGroup,
        virtualAddresses: [hubFloatingAddress(place)],
      },
      transitCidr: site.plan.tiers.transit.cidr,
      supernet: site.supernet,
      prefixes: [site.plan.cidr],
      egress,
    }),
  );
  return {
    ...demand,
    image: imageFor(place, demand.role, demand.size, name),
    tier: 'transit',
    address,
    userData,
    antiAffinity: 'router',
    stateful: false,
    public: egress,
    ...(egress ? { publicAddressSlot: publicSlot[half] } : {}),
    router: true,
  };
}
