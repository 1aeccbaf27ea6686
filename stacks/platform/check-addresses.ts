import type { AddressSetting } from '../../constructs/contract/facts';
import type { Problem } from '../../constructs/contract/problem';
import { overlaps } from '../../constructs/util/cidr';
import { overlapProblems } from './check-topology';
import type { Platform } from './platform';

/** What is wrong with addresses: ranges that overlap, settings that mean nothing at a site, circuits among tunnels. */
export function checkAddresses(platform: Platform): Problem[] {
  return [...checkOverlaps(platform), ...checkSettings(platform), ...checkLinkLocal(platform)];
}

function checkOverlaps(platform: Platform): Problem[] {
  const { topology } = platform;
  const reserved = (topology.addresses.reserved ?? []).map((cidr, index) => ({
    path: `addresses.reserved.${index}`,
    what: 'a reserved block',
    cidr,
  }));
  const sites = Object.entries(platform.places).map(([id, { site }]) => ({
    path: site.plan.adopted ? `sites.${id}.adoptedNetwork` : `sites.${id}.number`,
    what: `the range of site "${id}"`,
    cidr: site.plan.cidr,
  }));
  const publics = Object.entries(topology.sites).flatMap(([id, { publicBlock }]) =>
    publicBlock
      ? [{ path: `sites.${id}.publicBlock`, what: `the public block of site "${id}"`, cidr: publicBlock }]
      : [],
  );
  const foreign = Object.entries(platform.places).flatMap(([id, { site, adapter }]) =>
    adapter.facts.reservedBlocks.value.flatMap((cidr) =>
      overlapProblems([
        { path: `sites.${id}`, what: `the range of site "${id}"`, cidr: site.plan.cidr },
        { path: `sites.${id}`, what: `a block that ${site.provider} keeps for itself`, cidr },
      ]),
    ),
  );
  return [...overlapProblems([...reserved, ...sites, ...publics]), ...foreign];
}

/** Why a provider has no use for a setting. */
const reasons: Readonly<Record<AddressSetting, string>> = {
  adoptedNetwork: 'Watari makes the network here',
  asn: 'no routed link ends here',
  publicBlock: 'the provider allocates public addresses',
  vlanBase: 'tiers are no VLANs here',
};

/** A setting that nobody reads would be believed to be in force. */
function checkSettings({ topology, places }: Platform): Problem[] {
  return Object.entries(places).flatMap(([id, { site, adapter }]) => {
    const { addressSettings } = adapter.facts;
    return (Object.keys(reasons) as AddressSetting[])
      .filter((name) => topology.sites[id]?.[name] !== undefined && !addressSettings.includes(name))
      .map((name) => ({
        path: `sites.${id}.${name}`,
        message: `${site.provider} (profile ${site.profile}) has no use for this`,
        value: topology.sites[id]?.[name],
        bound: `address settings of this provider: ${addressSettings.join(', ') || 'none'}`,
        fix: `Leave it out: ${reasons[name]}.`,
      }));
  });
}

/** A subnet on a link, of the addresses that people order or that the plan computes. */
interface LinkSubnet {
  readonly path: string;
  readonly what: string;
  readonly sites: readonly string[];
  readonly cidr: string;
}

/** A site with one subnet on two links would answer on the wrong one. Tunnels are planned; circuits have to keep clear. */
function checkLinkLocal(platform: Platform): Problem[] {
  const circuits = circuitSubnets(platform);
  const tunnels = tunnelSubnets(platform);
  return circuits.flatMap((circuit, index) => {
    const meets = ({ cidr, sites }: LinkSubnet): boolean =>
      overlaps(cidr, circuit.cidr) && sites.some((site) => circuit.sites.includes(site));
    const other = [...circuits.slice(0, index), ...tunnels].find(meets);
    return other ? [meeting(circuit, other)] : [];
  });
}

const meeting = (circuit: LinkSubnet, other: LinkSubnet): Problem => ({
  path: circuit.path,
  message: `meets ${other.what}`,
  value: circuit.cidr,
  bound: `not ${other.cidr}: at a site each subnet is on one line or tunnel`,
  fix: 'Have other addresses allocated for the circuit, 169.254.248.0/29 or above for instance: tunnels end below 169.254.245.0.',
});

function circuitSubnets({ topology }: Platform): LinkSubnet[] {
  return Object.entries(topology.links).flatMap(([key, link]) =>
    (['primary', 'backup'] as const).flatMap((id) => {
      const path = link[id];
      if (path?.kind !== 'circuit') return [];
      return Object.entries(path.circuits).flatMap(([circuit, { addresses }]) => {
        const at = `links.${key}.${id}.circuits.${circuit}`;
        const [cidr] = Object.values(addresses);
        return cidr ? [{ path: `${at}.addresses`, what: `the addresses of ${at}`, sites: link.ends, cidr }] : [];
      });
    }),
  );
}

function tunnelSubnets({ links }: Platform): LinkSubnet[] {
  const standing = links.filter(({ retired }) => !retired);
  return standing.flatMap(({ key, ends, paths }) =>
    (paths[ends[0]] ?? []).flatMap((path) =>
      path.kind === 'vpn'
        ? path.tunnels.map(({ id, insideCidr }) => ({
            path: `links.${key}`,
            what: `tunnel ${id} of links.${key}`,
            sites: ends,
            cidr: insideCidr,
          }))
        : [],
    ),
  );
}
