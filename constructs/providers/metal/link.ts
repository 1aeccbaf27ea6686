import type { ITerraformDependable } from 'cdktf';
import type { Construct } from 'constructs';
import { InterfaceLogical } from '../../../.gen/providers/junos/interface-logical';
import { InterfacePhysical } from '../../../.gen/providers/junos/interface-physical';
import { Vlan } from '../../../.gen/providers/junos/vlan';
import type { Circuit, CircuitPath, LinkEnd, LinkEndSpec, SegmentPath } from '../../contract/link';
import { type Problem, refuse } from '../../contract/problem';
import { type Half, halves } from '../../contract/site';
import { groupBy } from '../../util/group';
import { type PeerNeighbor, type PeerSessions, peerSessions } from './bgp';
import { withoutPrefix, withPrefix } from './layout';
import { modelCan, modelsThatCan } from './models';
import { description, junosName } from './names';
import { junosOf } from './provider';
import { defaultCircuitMtu } from './switches';
import { type MetalCircuitEnd, type MetalSite, metalSite } from './settings';

/**
 * The switches' end of a link: a unit and a session for each circuit, or a VLAN with both switches in it. VPN paths end
 * on the router pair, which speaks BGP with the switches.
 * @throws ProblemsError when a port is not one of the site's, or a switch cannot do what the path asks
 */
export function link(scope: Construct, id: string, spec: LinkEndSpec): LinkEnd {
  const site = metalSite(spec.site);
  refuse(
    spec.paths.flatMap((path) =>
      path.kind === 'circuit' ? checkCircuits(site, path) : path.kind === 'segment' ? checkSegment(site, path) : [],
    ),
  );
  for (const path of spec.paths) {
    if (path.kind === 'circuit') buildCircuits(scope, `${id}-${path.id}`, site, spec, path);
    if (path.kind === 'segment') buildSegment(scope, `${id}-${path.id}`, site, spec, path);
  }
  // Circuits and segments meet at addresses that are known: there is nothing to wait for.
  return { outsideAddresses: [], connect: () => undefined };
}

const endOf = (end: unknown): MetalCircuitEnd => end as MetalCircuitEnd;
const settingsPath = (site: MetalSite, half: Half): string => `sites.${site.id}.settings.switches.${half}`;

function checkCircuits(site: MetalSite, path: CircuitPath): Problem[] {
  return path.circuits.flatMap((circuit) => [
    ...checkCircuitPort(site, circuit, path.mtu),
    ...(path.bfd ? checkBfd(site, circuit.half) : []),
  ]);
}

function checkCircuitPort(site: MetalSite, { id, half, end }: Circuit, mtu: number): Problem[] {
  const ports = site.settings.switches[half].circuits ?? {};
  const { port } = endOf(end);
  const path = `${settingsPath(site, half)}.circuits`;
  const settings = ports[port];
  if (!settings) {
    const message = `circuit ${id} ends on a port that is no routed port of switch ${half}`;
    const bound = Object.keys(ports).join(', ') || 'none';
    return [{ path, message, value: port, bound, fix: 'Name the port there, with what is plugged in.' }];
  }
  const largest = settings.mtu ?? defaultCircuitMtu;
  if (mtu <= largest) return [];
  const message = `circuit ${id} has larger packets than its port`;
  const bound = `${largest} bytes`;
  return [{ path: `${path}.${port}.mtu`, message, value: mtu, bound, fix: 'Raise the port, or lower the path.' }];
}

function checkBfd(site: MetalSite, half: Half): Problem[] {
  const { model } = site.settings.switches[half];
  if (modelCan(model, 'bfd')) return [];
  const fix = `Write \`bfd: false\`, or use one of ${modelsThatCan('bfd').join(', ')}.`;
  return [{ path: `${settingsPath(site, half)}.model`, message: 'this model has no BFD for BGP', value: model, fix }];
}

function checkSegment(site: MetalSite, path: SegmentPath): Problem[] {
  const { port, half = 'a' } = endOf(path.end);
  const { access, trunks, circuits = {} } = site.settings.switches[half];
  if (!(port in access) && !(port in trunks) && !(port in circuits)) return [];
  const message = `port ${port} of switch ${half} belongs to the site's own network`;
  return [
    {
      path: settingsPath(site, half),
      message,
      value: port,
      fix: 'A segment owns its port: take it out of the settings, or name a free one.',
    },
  ];
}

function sessions(
  site: MetalSite,
  spec: LinkEndSpec,
  path: CircuitPath | SegmentPath,
  neighbors: readonly PeerNeighbor[],
): PeerSessions {
  return {
    name: junosName(spec.link, path.id),
    description: description(site, `link to ${spec.peer.site}, ${path.id}`),
    prefixes: spec.peer.prefixes,
    transit: spec.transitPrefixes ?? [],
    preference: path.preference,
    isBackup: path.id === 'backup',
    bfd: path.kind === 'circuit' && path.bfd,
    neighbors,
  };
}

function buildCircuits(scope: Construct, id: string, site: MetalSite, spec: LinkEndSpec, path: CircuitPath): void {
  for (const [half, circuits] of groupBy(path.circuits, (circuit) => circuit.half) as Map<Half, Circuit[]>) {
    const units = circuits.map((circuit) => buildUnit(scope, `${id}-${circuit.id}`, site, spec, circuit, path.mtu));
    const neighbors = circuits.map((circuit) => ({
      id: circuit.id,
      asn: circuit.peerAsn ?? spec.peer.asn,
      local: withoutPrefix(circuit.local),
      remote: withoutPrefix(circuit.remote),
    }));
    peerSessions(
      scope,
      `${id}-${half}`,
      site,
      junosOf(scope, site, half),
      sessions(site, spec, path, neighbors),
      units,
    );
  }
}

/** A line's own unit on the routed port that the site's network owns. */
function buildUnit(
  scope: Construct,
  id: string,
  site: MetalSite,
  spec: LinkEndSpec,
  circuit: Circuit,
  mtu: number,
): InterfaceLogical {
  return new InterfaceLogical(scope, id, {
    provider: junosOf(scope, site, circuit.half),
    name: `${endOf(circuit.end).port}.${circuit.vlan}`,
    vlanId: circuit.vlan,
    description: description(site, `circuit ${circuit.id} to ${spec.peer.site}`),
    familyInet: { mtu, address: [{ cidrIp: circuit.local }] },
  });
}

/** Both switches have an address in the segment; only one has the port, the other is reached over the trunk between them. */
function buildSegment(scope: Construct, id: string, site: MetalSite, spec: LinkEndSpec, path: SegmentPath): void {
  const members = halves.flatMap((half, index) => {
    const local = path.local[index];
    return local === undefined ? [] : [{ half, local }];
  });
  for (const { half, local } of members) {
    const vlan = buildSegmentVlan(scope, `${id}-${half}`, site, spec, path, { half, local });
    const neighbors = path.remote.map((remote, index) => ({
      id: `router-${index + 1}`,
      asn: spec.peer.asn,
      local,
      remote,
    }));
    peerSessions(scope, `${id}-${half}`, site, junosOf(scope, site, half), sessions(site, spec, path, neighbors), vlan);
  }
}

function buildSegmentVlan(
  scope: Construct,
  id: string,
  site: MetalSite,
  spec: LinkEndSpec,
  path: SegmentPath,
  member: { readonly half: Half; readonly local: string },
): ITerraformDependable[] {
  const provider = junosOf(scope, site, member.half);
  const about = description(site, `segment to ${spec.peer.site}`);
  const gateway = new InterfaceLogical(scope, `${id}-irb`, {
    provider,
    name: `irb.${path.vlan}`,
    description: about,
    familyInet: { mtu: path.mtu, address: [{ cidrIp: withPrefix(member.local, path.cidr) }] },
  });
  const vlan = new Vlan(scope, `${id}-vlan`, {
    provider,
    name: junosName(site.platform, spec.link, path.id),
    vlanId: String(path.vlan),
    description: about,
    l3Interface: gateway.name,
  });
  const { port, half = 'a' } = endOf(path.end);
  if (half !== member.half) return [vlan];
  const config = { name: port, description: about, trunk: true, vlanMembers: [vlan.name] };
  return [vlan, new InterfacePhysical(scope, `${id}-port`, { provider, ...config })];
}
