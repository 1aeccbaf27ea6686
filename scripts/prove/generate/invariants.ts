import { contains, isCidr } from '../../../constructs/util/cidr';
import { groupBy } from '../../../constructs/util/group';
import { inventory } from '../../../stacks/inventory';
import { edgeOriginPairs, findRoute } from '../../../stacks/platform/reachability';
import { emittedViolations } from './emitted';
import { nameViolations } from './resource-names';
import type { Verdict } from './judge';

export type Accepted = Extract<Verdict, { readonly accepted: true }>;

/** What must hold in every platform that is accepted, and does not in this one; each as a sentence. */
export function violations(verdict: Accepted): string[] {
  return [
    ...sameAddresses(verdict),
    ...halvesTogether(verdict),
    ...missingWays(verdict),
    ...foreignStates(verdict),
    ...lostElsewhere(verdict),
    ...outputViolations(verdict),
    ...nameViolations(verdict),
    ...emittedViolations(verdict),
  ];
}

const repeated = <T>(values: readonly T[], keyOf: (value: T) => string): [string, T[]][] =>
  [...groupBy(values, keyOf)].filter(([, same]) => same.length > 1);

/** Planned addresses of machines, tunnels and circuits, and public ones where they are planned. */
function sameAddresses({ platform, specs, texts }: Accepted): string[] {
  const machines = inventory(platform).flatMap(({ site, name, address }) =>
    address ? [{ who: `${site} ${name}`, address }] : [],
  );
  const inside = platform.links.flatMap((link) =>
    Object.entries(link.paths).flatMap(([site, paths]) =>
      paths.flatMap((path) => {
        const own =
          path.kind === 'vpn'
            ? path.tunnels.map(({ inside: address }) => address)
            : path.kind === 'circuit'
              ? path.circuits.map(({ local }) => local.split('/')[0] ?? '')
              : path.local;
        return own.map((address) => ({ who: `${site} on ${link.id}`, address }));
      }),
    ),
  );
  const floating = specs.flatMap(({ id }) => floatingOf(id, texts[id] ?? ''));
  const all = [...machines, ...inside, ...floating];
  return [
    ...repeated(all, ({ address }) => address).map(
      ([address, owners]) => `${address} belongs to ${owners.map(({ who }) => who).join(' and ')}`,
    ),
    ...machines.flatMap(({ who, address }) =>
      Object.values(platform.places).some((place) => contains(place.site.plan.cidr, `${address}/32`))
        ? []
        : [`${who} stands outside its site`],
    ),
  ];
}

/** Addresses that a stack exports as they are: those of services, which are planned where the site has a block of its own. */
function floatingOf(stack: string, text: string): { who: string; address: string }[] {
  const handles = ((JSON.parse(text) as Output).output?.handles?.value ?? {}) as Readonly<Record<string, unknown>>;
  return Object.entries(handles).flatMap(([key, value]) => {
    const [, address] = /^\$\{join\(",", \["([0-9.]+)"\]\)\}$/.exec(String(value)) ?? [];
    return key.startsWith('addresses.') && address && isCidr(`${address}/32`)
      ? [{ who: `${stack} ${key}`, address }]
      : [];
  });
}

interface Output {
  readonly output?: { readonly handles?: { readonly value?: unknown } };
}

/** Both machines of anything that is there twice are in different halves, and in different parts of the tier. */
function halvesTogether({ platform }: Accepted): string[] {
  const pairs = groupBy(
    inventory(platform).filter(({ half, role }) => half !== 'all' && role !== 'edge'),
    ({ site, name }) => `${site} ${name.replace(/-[ab]$/, '')}`,
  );
  return [...pairs].flatMap(([name, machines]) => {
    const apart = machines.length === 2 && machines[0]?.half !== machines[1]?.half;
    return apart ? [] : [`${name} is not in both halves`];
  });
}

function missingWays({ platform }: Accepted): string[] {
  return edgeOriginPairs(platform).flatMap(({ edge, origin }) =>
    [
      [edge, origin],
      [origin, edge],
    ].flatMap(([from = '', to = '']) => {
      const route = findRoute(platform, from, to);
      if (!route) return [`no way from ${from} to ${to}`];
      return route.hops.flatMap(({ from: here, to: next, link }) => announced(platform, link, here, next, to));
    }),
  );
}

/** The next hop tells this one of the destination, or packets would not find the way that is shown. */
function announced(
  { places, links }: Accepted['platform'],
  id: string,
  here: string,
  next: string,
  to: string,
): string[] {
  const carries = next === to || places[next]?.transit;
  const link = links.find((one) => one.id === id);
  return carries && link?.ends.includes(here) ? [] : [`${next} does not carry ${to} for ${here}`];
}

/** A stack of one site reads states of that site only. */
function foreignStates({ specs }: Accepted): string[] {
  const byId = new Map(specs.map((spec) => [spec.id, spec]));
  return specs
    .filter(({ kind }) => kind !== 'link' && kind !== 'global')
    .flatMap(({ id, sites, dependsOn }) =>
      dependsOn
        .filter((other) => byId.get(other)?.sites.some((site) => !sites.includes(site)))
        .map((other) => `${id} reads ${other}, of another site`),
    );
}

/** No state is lost together with what it describes, or with what would replace it. */
function lostElsewhere({ platform: { topology }, specs }: Accepted): string[] {
  return specs.flatMap(({ id, store, sites }) => {
    const all = [...sites, ...sites.flatMap((site) => topology.sites[site]?.replacements ?? [])];
    const lost = all.filter((site) => topology.sites[site]?.failureDomain === topology.stores[store]?.failureDomain);
    return lost.map((site) => `the state of ${id} is lost with ${site}`);
  });
}

/** One output, with the keys that the topology fixes. */
function outputViolations({ specs, texts }: Accepted): string[] {
  return specs.flatMap(({ id, handleKeys }) => {
    const { output = {} } = JSON.parse(texts[id] ?? '{}') as Output;
    const keys = Object.keys((output.handles?.value ?? {}) as object).sort();
    const right = Object.keys(output).join() === 'handles' && keys.join() === [...handleKeys].sort().join();
    return right ? [] : [`${id} exports ${Object.keys(output).join()} with ${keys.join()}`];
  });
}
