import { TerraformVariable } from 'cdktf';
import type { Construct } from 'constructs';
import type { LinkEnd, LinkEndSpec, LinkPath, SegmentPath, VpnPath } from '../../constructs/contract/link';
import type { Place } from '../../constructs/contract/place';
import type { Handles } from '../../constructs/contract/site';
import type { StackSpec } from '../../constructs/contract/stack';
import { needsRouterPair } from '../../constructs/hub';
import { selfHostedEnd } from '../../constructs/selfhosted/link-end';
import type { PlatformLink } from '../platform/links';
import type { Platform } from '../platform/platform';
import { networkStackId, sharedDevices } from '../site/network';

/** One stack for each link: both ends are made from one description, so they always agree. */
export function linkStacks(platform: Platform): StackSpec[] {
  return platform.links.map((link) => linkStack(platform, link));
}

function linkStack(platform: Platform, link: PlatformLink): StackSpec {
  const places = link.ends.map((end) => platform.places[end] as Place) as [Place, Place];
  return {
    id: `link-${link.id}`,
    kind: 'link',
    title: `link ${link.id}`,
    sites: link.ends,
    store: link.store,
    dependsOn: places.flatMap((place) => [
      networkStackId(place.site.id),
      ...(needsRouterPair(place) ? [`${place.site.id}-gateway-a`] : []),
    ]),
    after: [],
    devices: [...new Set(places.flatMap(sharedDevices))],
    handleKeys: [],
    empty: link.retired,
    build: (stack, read) => {
      for (const place of places) place.adapter.configure(stack, place.site);
      if (!link.retired) buildLink({ platform, link, stack, read }, places);
      return {};
    },
  };
}

/** What both ends of one link are made from. */
interface LinkBuild {
  readonly platform: Platform;
  readonly link: PlatformLink;
  readonly stack: Construct;
  readonly read: (stackId: string) => Handles;
  readonly keyOf: (tunnel: string) => string;
}

function buildLink(build: Omit<LinkBuild, 'keyOf'>, [one, other]: readonly [Place, Place]): void {
  const link = { ...build, keyOf: preSharedKeys(build.stack, build.link) };
  const [near, far] = [openEnds(link, one, other), openEnds(link, other, one)];
  connectAll(near, outsideOf(far));
  connectAll(far, outsideOf(near));
}

/** Name of the variable that holds a tunnel's pre-shared key. */
export const keyVariable = (link: string, tunnel: string): string => `${link}_${tunnel}_key`.replaceAll('-', '_');

/** One sensitive variable for each tunnel: keys are never in the code, and both ends read the same one. */
function preSharedKeys(stack: Construct, link: PlatformLink): (tunnel: string) => string {
  const made = new Map<string, TerraformVariable>();
  return (tunnel) => {
    const known = made.get(tunnel);
    if (known) return known.stringValue;
    const variable = new TerraformVariable(stack, keyVariable(link.id, tunnel), {
      type: 'string',
      sensitive: true,
      description: `Pre-shared key of tunnel ${tunnel} of link ${link.id}: 8 to 64 letters, digits, dots and underscores, not beginning with 0.`,
    });
    made.set(tunnel, variable);
    return variable.stringValue;
  };
}

/** The adapter makes the paths that its provider can carry itself; gateways of our own carry the others. */
function openEnds(build: LinkBuild, place: Place, peer: Place): LinkEnd[] {
  const spec = endSpec(build, place, peer);
  const { paths } = spec;
  const { facts } = place.adapter;
  const native = paths.filter((path) => facts.paths[path.kind] === 'native');
  const own = paths.filter(
    (path): path is VpnPath | SegmentPath => facts.paths[path.kind] === 'self-hosted' && path.kind !== 'circuit',
  );
  const ends: LinkEnd[] = [];
  if (native.length > 0) ends.push(place.adapter.link(build.stack, `end-${place.site.id}`, { ...spec, paths: native }));
  if (own.length > 0)
    ends.push(
      selfHostedEnd(build.stack, `gateways-${place.site.id}`, selfHostedInput(build.platform, place, peer, spec, own)),
    );
  return ends;
}

function endSpec({ platform, link, read, keyOf }: LinkBuild, place: Place, peer: Place): LinkEndSpec {
  return {
    link: link.id,
    site: place.site,
    network: read(networkStackId(place.site.id)),
    peer: {
      site: peer.site.id,
      asn: peer.site.asn,
      prefixes: announcedBy(platform, link, peer),
      provider: peer.site.provider,
      network: read(networkStackId(peer.site.id)),
    },
    paths: (link.paths[place.site.id] ?? []).map((path) => withKeys(path, keyOf)),
    transitPrefixes: announcedBy(platform, link, place).filter((prefix) => prefix !== place.site.plan.cidr),
  };
}

function selfHostedInput(
  platform: Platform,
  place: Place,
  peer: Place,
  spec: LinkEndSpec,
  paths: readonly (VpnPath | SegmentPath)[],
) {
  const bothOwn = [place, peer].every(({ adapter }) => adapter.facts.paths.vpn === 'self-hosted');
  return {
    place,
    spec,
    paths,
    peerNumber: peer.site.plan.number,
    sshAuthority: platform.topology.operators.sshAuthority,
    bfd: bothOwn || paths.some((path) => path.kind === 'segment'),
  };
}

/** A site announces its own prefix; a transit also those of the other sites that it has links with. */
function announcedBy(platform: Platform, link: PlatformLink, place: Place): string[] {
  const own = place.site.plan.cidr;
  if (!place.transit || !place.adapter.facts.hub.transit) return [own];
  const others = platform.links
    .filter((other) => other.id !== link.id && !other.retired && other.ends.includes(place.site.id))
    .flatMap((other) => other.ends.filter((end) => end !== place.site.id && !link.ends.includes(end)));
  return [own, ...new Set(others.map((end) => (platform.places[end] as Place).site.plan.cidr))];
}

function withKeys(path: LinkPath, keyOf: (tunnel: string) => string): LinkPath {
  if (path.kind !== 'vpn') return path;
  return { ...path, tunnels: path.tunnels.map((tunnel) => ({ ...tunnel, preSharedKey: keyOf(tunnel.id) })) };
}

const outsideOf = (ends: readonly LinkEnd[]): string[] => ends.flatMap((end) => [...end.outsideAddresses]);

function connectAll(ends: readonly LinkEnd[], outside: readonly string[]): void {
  for (const end of ends) end.connect(outside);
}
