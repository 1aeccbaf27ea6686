import { floatingAddress } from '../../constructs/balancing';
import type { MachineConfiguration } from '../../constructs/contract/configuration';
import { ProblemsError } from '../../constructs/contract/problem';
import { type Half, halves } from '../../constructs/contract/site';
import type { MachineBase } from '../../constructs/machine-base';
import { type HaproxyService, balancerConfiguration } from '../../constructs/selfhosted/haproxy';
import { rtmpPort } from './media-server';
import {
  type FixedEdge,
  type LiveAtSite,
  type PairRole,
  edgePort,
  edgesUpTo,
  healthCheck,
  idleSeconds,
  ingestPair,
  peakEdges,
  shardAddressSlot,
  shardPort,
  viewerAddressSlot,
} from './model';

/** Shards of the address plan: every slot is in the rules, so that a new shard changes no balancer. */
const shardSlots = 64;
/** Edges of a fixed fleet, alike: so many places of both halves are in the rules, and a resize within them changes no balancer. */
const edgeSlots = 64;
/** VRRP groups: the routers of a site have 10. */
const vrrpGroup: Readonly<Record<PairRole['role'], number>> = { ingest: 20, viewers: 30 };
/** Places of the machines' own addresses in the site's public block, on whose interface the floating ones come and go. */
const pairPublicSlots: Readonly<Record<PairRole['role'], Readonly<Record<Half, number>>>> = {
  ingest: { a: 3, b: 5 },
  viewers: { a: 6, b: 7 },
};
export const pairPublicSlot = (pair: PairRole, half: Half): number => pairPublicSlots[pair.role][half];
const everybody = ['0.0.0.0/0'];

/** One machine of a self-hosted balancer pair. */
export function pairConfiguration(
  live: LiveAtSite,
  pair: PairRole,
  half: Half,
  base: MachineBase,
): MachineConfiguration {
  const { plan } = live.place.site;
  const floating = (pair === ingestPair ? live.origins : live.viewers) === 'pair-with-floating-addresses';
  const services = pair === ingestPair ? ingestServices(live, floating) : [viewerService(live, floating)];
  const own = (side: Half): string => plan.machine('balancer', side, pair.slot);
  const virtualAddresses = [...new Set(services.flatMap((service) => service.bindAddress ?? []))];
  return balancerConfiguration({
    base,
    mode: pair === ingestPair ? 'active-standby' : 'balanced',
    services,
    failback: live.input.failback ?? 'hold',
    idleSeconds,
    clients: everybody,
    ...(floating
      ? {
          vrrp: {
            address: own(half),
            peerAddress: own(half === 'a' ? 'b' : 'a'),
            routerId: vrrpGroup[pair.role],
            virtualAddresses,
            ...(plan.public ? { floatingBeside: plan.public(pairPublicSlot(pair, half)) } : {}),
          },
        }
      : {}),
  });
}

/** A port of its own for each slot behind an entry; an address of its own, on the usual port, where addresses float. */
function ingestServices(live: LiveAtSite, floating: boolean): HaproxyService[] {
  const { plan } = live.place.site;
  return Array.from({ length: usableSlots(live, floating) }, (_, index) => index + 1).map((number) => ({
    name: `s${number}`,
    ...(floating
      ? { bindAddress: floatingAddress(live.place, shardAddressSlot(number)), bindPort: rtmpPort }
      : { bindPort: shardPort(number) }),
    members: halves.map((half) => ({ name: half, address: plan.machine('origin', half, number), port: rtmpPort })),
    healthCheck,
  }));
}

function viewerService(live: LiveAtSite, floating: boolean): HaproxyService {
  const { plan } = live.place.site;
  return {
    name: 'viewers',
    ...(floating
      ? { bindAddress: floatingAddress(live.place, viewerAddressSlot), bindPort: rtmpPort }
      : { bindPort: edgePort }),
    members: edgePlaces(live).map((edge) => ({
      name: `edge-${edge.number}`,
      address: plan.machine('edge', edge.half, edge.slot),
      port: rtmpPort,
    })),
    healthCheck,
  };
}

/**
 * Places of edges that stand or may come to stand, as many as the site's range has. HAProxy takes a place without a machine
 * for healthy until two checks have failed: with 62 of 64 empty, HAProxy 2.6 kept one new viewer in thirty waiting for 1 s
 * after its start, and refused none (measured 2026-11-21).
 */
function edgePlaces(live: LiveAtSite): FixedEdge[] {
  const { plan } = live.place.site;
  const most = Math.ceil(peakEdges(live).length / edgeSlots) * edgeSlots;
  return edgesUpTo(most).filter(({ half, slot }) => isPlanned(() => plan.machine('edge', half, slot)));
}

/** As many slots as the site's ranges have; a small adopted network or public block has fewer. */
function usableSlots(live: LiveAtSite, floating: boolean): number {
  const { plan } = live.place.site;
  const fits = (number: number): boolean =>
    isPlanned(() => {
      plan.machine('origin', 'a', number);
      if (floating) floatingAddress(live.place, shardAddressSlot(number));
    });
  return Array.from({ length: shardSlots }, (_, index) => index + 1).filter(fits).length;
}

/** Whether the plan has the addresses that are asked for. */
function isPlanned(ask: () => unknown): boolean {
  try {
    ask();
    return true;
  } catch (error) {
    if (error instanceof ProblemsError) return false;
    throw error;
  }
}
