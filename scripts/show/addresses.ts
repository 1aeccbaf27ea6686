import { tiers } from '../../constructs/contract/plan';
import type { Platform } from '../../stacks/platform/platform';
import type { ShownRow, ShownView } from './view';

const columns = ['where', 'what', 'range or address', 'VLAN', 'ASN'] as const;

/** The address plan: ranges of sites and tiers, autonomous systems, blocks of links. */
export function addresses(platform: Platform): ShownView {
  const sites = Object.values(platform.places).flatMap(({ site }): ShownRow[] => {
    const row = (what: string, range: string, more: object = {}): ShownRow => ({
      sites: [site.id],
      cells: { where: site.id, what, 'range or address': range, ...more },
    });
    const block = platform.topology.sites[site.id]?.publicBlock;
    return [
      row(site.plan.adopted ? 'site (adopted network)' : 'site', site.plan.cidr, { ASN: String(site.asn) }),
      ...tiers.map((tier) =>
        row(`tier ${tier}`, site.plan.tiers[tier].cidr, { VLAN: String(site.plan.tiers[tier].vlan) }),
      ),
      ...(block === undefined ? [] : [row('public block', block)]),
    ];
  });
  return { title: 'Addresses', columns, rows: [...sites, ...platform.links.flatMap(linkRows)] };
}

function linkRows(link: Platform['links'][number]): ShownRow[] {
  const row = (what: string, range: string, vlan = ''): ShownRow => ({
    sites: link.ends,
    cells: { where: link.id, what, 'range or address': range, VLAN: vlan },
  });
  return (link.paths[link.ends[0]] ?? []).flatMap((path) => {
    if (path.kind === 'vpn')
      return path.tunnels.map((tunnel) => row(`${path.id}, tunnel ${tunnel.id}`, tunnel.insideCidr));
    if (path.kind === 'segment') return [row(`${path.id}, segment`, path.cidr, String(path.vlan))];
    return path.circuits.map((circuit) =>
      row(`${path.id}, circuit ${circuit.id}`, `${circuit.local} - ${circuit.remote}`, String(circuit.vlan)),
    );
  });
}
