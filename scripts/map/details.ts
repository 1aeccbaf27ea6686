import type {
  DescribedDevice,
  DescribedLink,
  DescribedPath,
  DescribedSite,
  PlatformDescription,
} from '../../stacks/description/description';
import type { InventoryEntry } from '../../stacks/inventory';
import type { Detail } from './placed';

export function siteDetails(site: DescribedSite, { stacks }: PlatformDescription): Detail[] {
  const own = stacks.filter(({ sites }) => sites.length === 1 && sites[0] === site.id);
  const stores = new Set(own.map(({ store }) => `${store.id} (${store.kind}, ${store.failureDomain})`));
  return known([
    ['label', site.label],
    ['provider', site.profile === 'standard' ? site.provider : `${site.provider}, profile ${site.profile}`],
    ['number', String(site.number)],
    ['network', site.cidr],
    ['AS number', String(site.asn)],
    ['failure domain', site.failureDomain],
    ['carries traffic of others', site.transit ? 'yes' : 'no'],
    ['retired', site.retired ? 'yes' : 'no'],
    ['states in', [...stores].join(', ')],
    ['stacks', own.map(({ id }) => id).join(', ')],
  ]);
}

export function machineDetails(machine: InventoryEntry): Detail[] {
  const { site, system, role, half, shard, peer, address, machineType, min, max, servesMbps, stack } = machine;
  return known([
    ['site', site],
    ['system', system],
    ['role', role],
    ['half', half === 'all' ? 'both: autoscaled' : half],
    ['shard', shard],
    ['link to', peer],
    ['address', address],
    ['machine type', machineType],
    ['machines', half === 'all' ? `${min} to ${max}` : undefined],
    ['serves', servesMbps === undefined ? undefined : `${servesMbps} Mbit/s to viewers, each`],
    ['stack', stack],
  ]);
}

export function deviceDetails({ site, half, stack }: DescribedDevice): Detail[] {
  return [
    ['site', site],
    ['half', half],
    ['stack', stack],
  ];
}

export function linkDetails({ ends, layer, paths, stack }: DescribedLink): Detail[] {
  return [
    ['between', ends.join(' and ')],
    ['layer', String(layer)],
    ...paths.map((path): Detail => [path.id, `${describePath(path)}, MTU ${path.mtu}`]),
    ...(paths.length === 0 ? [['paths', 'none: retired'] as const] : []),
    ['stack', stack],
  ];
}

/** `VPN, 4 tunnels`. */
export function describePath({ kind, parts }: DescribedPath): string {
  if (kind === 'segment') return 'layer 2 segment';
  const [word, part] = kind === 'vpn' ? ['VPN', 'tunnel'] : ['circuits', 'circuit'];
  const count = `${parts.length} ${part}${parts.length === 1 ? '' : 's'}`;
  return kind === 'vpn' ? `${word}, ${count}` : count;
}

function known(details: readonly (readonly [string, string | undefined])[]): Detail[] {
  return details.flatMap(([word, value]) => (value === undefined || value === '' ? [] : [[word, value] as const]));
}
