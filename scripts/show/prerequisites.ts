import type { Platform } from '../../stacks/platform/platform';
import { neededNames } from '../../stacks/dns/dns';
import { keyVariable } from '../../stacks/link/link';
import type { ShownView } from './view';

/** What must be there before a site can be built, and who or which command provides it. */
export function prerequisites(platform: Platform): ShownView {
  const rows = Object.values(platform.places).flatMap(({ site, adapter }) =>
    adapter.facts.prerequisites.map(({ id, kind, what, how }) => ({
      sites: [site.id],
      cells: { site: site.id, id, kind, what, how },
    })),
  );
  return {
    title: 'Prerequisites',
    columns: ['site', 'id', 'kind', 'what', 'how'],
    rows: [...rows, ...orders(platform), ...keys(platform), ...names(platform)],
  };
}

/** Without `dns` in the topology nobody makes its names, and edges find the origins by them. */
function names(platform: Platform): ShownView['rows'] {
  if (platform.topology.dns) return [];
  return neededNames(platform).map(({ name, sites, address }) => ({
    sites,
    cells: {
      site: sites.join(', '),
      id: `name-${name}`,
      kind: 'order',
      what: `record ${name}, type A, ${address ?? 'the public addresses that the deployment prints'}`,
      how: 'Declare `dns` in the topology, or make the record in the zone that you keep elsewhere.',
    },
  }));
}

/** Pre-shared keys of tunnels: one for each, made by people and given to the run that deploys. */
function keys(platform: Platform): ShownView['rows'] {
  return platform.links.flatMap((link) =>
    (link.paths[link.ends[0]] ?? []).flatMap((path) =>
      path.kind !== 'vpn'
        ? []
        : path.tunnels.map(({ id }) => ({
            sites: link.ends,
            cells: {
              site: link.ends.join(', '),
              id: `key-${link.id}-${id}`,
              kind: 'credential',
              what: `pre-shared key of tunnel ${id}`,
              how: `TF_VAR_${keyVariable(link.id, id)} in the environment: 8 to 64 letters, digits, dots and underscores.`,
            },
          })),
    ),
  );
}

/** Steps that people take for links: lines are ordered, never made. */
function orders(platform: Platform): ShownView['rows'] {
  return platform.links.flatMap((link) =>
    (link.paths[link.ends[0]] ?? [])
      .flatMap((path) => (path.kind === 'vpn' ? [] : [path]))
      .map((path) => ({
        sites: link.ends,
        cells: {
          site: link.ends.join(', '),
          id: `order-${link.id}-${path.id}`,
          kind: 'order',
          what:
            path.kind === 'circuit'
              ? `${path.circuits.length} circuits between both sites, with VLANs and BGP addresses`
              : `stretched segment, VLAN ${path.vlan}`,
          how: 'Order at the carrier or provider; exchange pairing keys; write what was allocated into the topology.',
        },
      })),
  );
}
