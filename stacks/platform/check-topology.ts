import type { Problem } from '../../constructs/contract/problem';
import { contains, overlaps, parseCidr, subdivide } from '../../constructs/util/cidr';
import type { Topology } from '../topology/topology';

/** Room for 64 sites of /16. */
const widestPrefix = 10;

/** What is wrong between the parts of a topology, before anything is computed from it: references, ranges, numbers. */
export function checkTopology(topology: Topology): Problem[] {
  return [
    ...checkReservedNames(topology),
    ...checkRanges(topology),
    ...checkNumbers(topology),
    ...checkStores(topology),
    ...checkSiteNames(topology),
  ];
}

/** Names that every JavaScript object has would be found where nobody wrote them. */
function checkReservedNames(topology: Topology): Problem[] {
  return Object.keys(topology.sites)
    .filter((id) => id in Object.prototype)
    .map((id) => ({
      path: `sites.${id}`,
      message: 'this name is reserved',
      value: id,
      bound: 'not a name of Object.prototype',
      fix: 'Give the site another id.',
    }));
}

function checkRanges(topology: Topology): Problem[] {
  const width = checkWidth(topology.addresses.internal);
  return width.length > 0 ? width : checkAdopted(topology);
}

function checkWidth(internal: string): Problem[] {
  const { prefix } = parseCidr(internal);
  if (prefix <= widestPrefix) return [];
  return [
    {
      path: 'addresses.internal',
      message: 'is too small for the address plan',
      value: internal,
      bound: `a /${widestPrefix} or larger: 64 sites of /16`,
      fix: 'Use a /10, 10.64.0.0/10 for instance.',
    },
  ];
}

/** What can be cut into sixteen tiers of four quarters; how many machines have room is asked for each of them. */
const narrowestAdopted = 24;

/** Routes, firewalls and the translation of addresses know the platform by one block: adopted networks lie in it. */
function checkAdopted(topology: Topology): Problem[] {
  const { internal } = topology.addresses;
  const segments = subdivide(internal, 16 - parseCidr(internal).prefix, 0);
  return Object.entries(topology.sites).flatMap(([id, { adoptedNetwork: value }]) => {
    if (value === undefined) return [];
    const problem = { path: `sites.${id}.adoptedNetwork`, value };
    const fix = 'Adopt another network, or change addresses.internal before anything is deployed.';
    if (parseCidr(value).prefix > narrowestAdopted)
      return [
        { ...problem, message: 'is too small for the tiers of a site', bound: `a /${narrowestAdopted} or larger`, fix },
      ];
    if (!contains(internal, value))
      return [{ ...problem, message: "lies outside the platform's internal block", bound: internal, fix }];
    if (overlaps(segments, value))
      return [{ ...problem, message: `overlaps ${segments}, which stretched segments use`, bound: internal, fix }];
    return [];
  });
}

function checkNumbers(topology: Topology): Problem[] {
  const seen = new Map<number, string>();
  return Object.entries(topology.sites).flatMap(([id, site]) => {
    const other = seen.get(site.number);
    seen.set(site.number, id);
    if (other === undefined) return [];
    const free = firstFree(Object.values(topology.sites).map((entry) => entry.number));
    return [
      {
        path: `sites.${id}.number`,
        message: `is the number of site "${other}" too`,
        value: site.number,
        bound: '1 to 63, each once',
        fix: `Use ${free}, and never change it afterwards.`,
      },
    ];
  });
}

const firstFree = (taken: readonly number[]): number =>
  Array.from({ length: 63 }, (_, index) => index + 1).find((number) => !taken.includes(number)) ?? 63;

function checkStores(topology: Topology): Problem[] {
  return [
    ...Object.entries(topology.stores).flatMap(([id, store]) => checkStoreKind(id, store)),
    ...Object.entries(topology.sites).flatMap(([id, site]) => checkSiteStore(topology, id, site)),
    ...Object.entries(topology.links).flatMap(([id, link]) => checkLinkStore(topology, id, link)),
    ...(topology.dns ? knownStore(topology, 'dns.store', topology.dns.store) : []),
  ];
}

function checkStoreKind(id: string, store: Topology['stores'][string]): Problem[] {
  const needed = { gcs: ['bucket'], s3: ['bucket', 'region'], http: ['address'] }[store.kind] as readonly (
    'bucket' | 'region' | 'address'
  )[];
  return needed
    .filter((field) => store[field] === undefined)
    .map((field) => ({
      path: `stores.${id}`,
      message: `a store of kind ${store.kind} needs "${field}"`,
      fix: `Add "${field}".`,
    }));
}

function knownStore(topology: Topology, path: string, store: string): Problem[] {
  if (Object.hasOwn(topology.stores, store)) return [];
  return [
    {
      path,
      message: 'there is no such store',
      value: store,
      bound: `one of ${Object.keys(topology.stores).join(', ')}`,
      fix: 'Name one of these, or add it to stores.',
    },
  ];
}

function checkSiteStore(topology: Topology, id: string, site: Topology['sites'][string]): Problem[] {
  const path = `sites.${id}.store`;
  const unknown = knownStore(topology, path, site.store);
  if (unknown.length > 0) return unknown;
  const store = topology.stores[site.store];
  const domains = [id, ...(site.replacements ?? [])].flatMap((name) =>
    topology.sites[name] ? [{ name, domain: topology.sites[name].failureDomain }] : [],
  );
  return domains
    .filter(({ domain }) => domain === store?.failureDomain)
    .map(({ name, domain }) => ({
      path,
      message: `store "${site.store}" is lost together with site "${name}"`,
      value: domain,
      bound: 'a failure domain of neither the site nor its replacements',
      fix: "Keep this site's state in a store elsewhere.",
    }));
}

/** The state of a link must outlive either of its sites. */
function checkLinkStore(topology: Topology, id: string, link: Topology['links'][string]): Problem[] {
  const path = `links.${id}.store`;
  const unknown = knownStore(topology, path, link.store);
  if (unknown.length > 0) return unknown;
  const domain = topology.stores[link.store]?.failureDomain;
  return link.ends
    .filter((end) => topology.sites[end]?.failureDomain === domain)
    .map((end) => ({
      path,
      message: `store "${link.store}" is lost together with site "${end}"`,
      value: domain,
      bound: 'a failure domain of neither end',
      fix: "Keep the link's state in a store elsewhere.",
    }));
}

function checkSiteNames(topology: Topology): Problem[] {
  const known = Object.keys(topology.sites);
  const named: [string, string][] = [
    ...Object.entries(topology.sites).flatMap(([id, site]) =>
      (site.replacements ?? []).map((name, index) => [`sites.${id}.replacements.${index}`, name] as [string, string]),
    ),
    ...Object.entries(topology.links).flatMap(([id, link]) =>
      link.ends.map((name, index) => [`links.${id}.ends.${index}`, name] as [string, string]),
    ),
    ...Object.entries(topology.systems).flatMap(([id, live]) => systemSites(id, live)),
  ];
  return named
    .filter(([, name]) => !known.includes(name))
    .map(([path, value]) => ({
      path,
      message: 'there is no such site',
      value,
      bound: `one of ${known.join(', ')}`,
      fix: 'Name one of these, or add the site.',
    }));
}

function systemSites(id: string, live: Topology['systems'][string]): [string, string][] {
  return [
    ...live.sites.map((name, index) => [`systems.${id}.sites.${index}`, name] as [string, string]),
    ...Object.entries(live.shards).map(
      ([shard, { site }]) => [`systems.${id}.shards.${shard}.site`, site] as [string, string],
    ),
    ...Object.keys(live.edges).map((site) => [`systems.${id}.edges.${site}`, site] as [string, string]),
  ];
}

/** Pairs of prefixes that overlap, with both names. */
export function overlapProblems(
  ranges: readonly { readonly path: string; readonly what: string; readonly cidr: string }[],
): Problem[] {
  return ranges.flatMap((one, index) =>
    ranges.slice(index + 1).flatMap((other) =>
      overlaps(one.cidr, other.cidr)
        ? [
            {
              path: one.path,
              message: `${one.what} (${one.cidr}) overlaps ${other.what}`,
              value: other.cidr,
              bound: 'no two prefixes of the platform overlap',
              fix: `Move one of them (${one.path} or ${other.path}).`,
            },
          ]
        : [],
    ),
  );
}
