import { planSite } from '../../constructs/addresses';
import type { Adapter, Provider } from '../../constructs/contract/adapter';
import type { PinnedImages } from '../../constructs/contract/image';
import type { Place } from '../../constructs/contract/place';
import type { Site } from '../../constructs/contract/site';
import { sortedEntries } from '../../constructs/util/group';
import type { Topology } from '../topology/topology';
import type { ImageLock } from './image-lock';
import { type PlatformLink, planLinks } from './links';

/** A topology with everything computed that can be: sites with plans and adapters, links with tunnels and addresses. */
export interface Platform {
  readonly topology: Topology;
  readonly places: Readonly<Record<string, Place>>;
  readonly links: readonly PlatformLink[];
  /** The stage whose images the machines boot. */
  readonly imageStage: string;
}

/** First private 16-bit autonomous system number (RFC 6996); sites count up from it by their number. */
const privateAsnBase = 64512;
const defaultVlanBase = 100;
const defaultImageStage = 'prod';

/** @param topology has passed `parseTopology`; `checkPlatform` finds what is wrong between its parts */
export function buildPlatform(
  topology: Topology,
  providers: Readonly<Record<string, Provider>>,
  lock: ImageLock,
): Platform {
  const { imageStage = defaultImageStage } = topology;
  const images = lock.stages[imageStage] ?? {};
  const places = Object.fromEntries(
    sortedEntries(topology.sites).map(([id]) => [id, buildPlace(topology, id, providers, images)]),
  );
  return { topology, places, links: planLinks(topology, places), imageStage };
}

function buildPlace(
  topology: Topology,
  id: string,
  providers: Readonly<Record<string, Provider>>,
  images: PinnedImages,
): Place {
  const input = siteOf(topology, id);
  const profile = input.profile ?? 'standard';
  const adapter = providers[input.provider]?.profiles[profile] as Adapter;
  return {
    site: buildSite(topology, id, profile),
    adapter,
    retired: input.retired ?? false,
    transit: input.transit ?? false,
    images,
  };
}

function buildSite(topology: Topology, id: string, profile: string): Site {
  const input = siteOf(topology, id);
  return {
    id,
    label: input.label,
    provider: input.provider,
    profile,
    settings: input.settings,
    platform: topology.name,
    labels: { platform: topology.name, site: id, owner: topology.owner, cost: topology.cost },
    plan: planSite({
      id,
      number: input.number,
      supernet: topology.addresses.internal,
      vlanBase: input.vlanBase ?? defaultVlanBase,
      ...(input.adoptedNetwork === undefined ? {} : { adopted: input.adoptedNetwork }),
      ...(input.publicBlock === undefined ? {} : { publicBlock: input.publicBlock }),
    }),
    supernet: topology.addresses.internal,
    asn: input.asn ?? privateAsnBase + input.number,
    operators: topology.operators.prefixes,
    transit: input.transit ?? false,
  };
}

function siteOf(topology: Topology, id: string): Topology['sites'][string] {
  const site = topology.sites[id];
  if (!site) throw new Error(`no site ${id}`);
  return site;
}
