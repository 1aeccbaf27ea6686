import type { Provider } from '../../constructs/contract/adapter';
import type { LinkPathKind } from '../../constructs/contract/link';
import type { Place } from '../../constructs/contract/place';
import type { Problem } from '../../constructs/contract/problem';
import { overlaps } from '../../constructs/util/cidr';
import { describeErrors } from '../topology/describe-errors';
import type { LinkInput, LinkPathInput } from '../topology/schema';
import type { Topology } from '../topology/topology';
import { compileSchema } from '../topology/validator';
import { either, kindsBetween, kindsOf } from './link-kinds';
import type { Platform } from './platform';

type Providers = Readonly<Record<string, Provider>>;

/** What is wrong with links: pairs, redundancy, and what each end's adapter can do. */
export function checkLinks(platform: Platform, providers: Providers): Problem[] {
  const { topology } = platform;
  return [
    ...checkPairs(topology),
    ...Object.entries(topology.links).flatMap(([key, link]) => checkLink(platform, providers, key, link as LinkInput)),
  ];
}

function checkPairs(topology: Topology): Problem[] {
  const seen = new Map<string, string>();
  return Object.entries(topology.links).flatMap(([key, link]) => {
    const path = `links.${key}.ends`;
    const pair = [...link.ends].sort().join('-');
    const other = seen.get(pair);
    seen.set(pair, key);
    if (link.ends[0] === link.ends[1])
      return [{ path, message: 'a link joins two sites', value: link.ends, fix: 'Name two different sites.' }];
    return other === undefined
      ? []
      : [
          {
            path,
            message: `joins the same sites as link "${other}"`,
            value: link.ends,
            fix: 'Give one link a primary and a backup path.',
          },
        ];
  });
}

function checkLink(platform: Platform, providers: Providers, key: string, link: LinkInput): Problem[] {
  const path = `links.${key}`;
  const paths: [string, LinkPathInput][] = [
    [`${path}.primary`, link.primary],
    ...(link.backup ? [[`${path}.backup`, link.backup] as [string, LinkPathInput]] : []),
  ];
  return [
    ...checkRedundancy(path, link),
    ...paths.flatMap(([at, input]) => checkPath(platform, providers, at, link, input)),
  ];
}

function checkRedundancy(path: string, link: LinkInput): Problem[] {
  if (link.backup && link.single)
    return [{ path, message: 'is marked single and has a backup path', fix: 'Remove one of the two.' }];
  if (!link.backup && !link.single)
    return [
      { path, message: 'has one path only', fix: 'Add a backup path, or write single: true to say that it is meant.' },
    ];
  if (link.backup && link.primary.kind === link.backup.kind && link.primary.kind !== 'circuit')
    return [
      {
        path,
        message: `has two paths of kind ${link.primary.kind}, which fail together`,
        fix: 'Use paths of different kinds, or one path marked single: a VPN has tunnels on both gateways anyway.',
      },
    ];
  return [];
}

const kindsOfLayer: Readonly<Record<2 | 3, readonly LinkPathKind[]>> = { 2: ['segment'], 3: ['circuit', 'vpn'] };

function checkPath(
  platform: Platform,
  providers: Providers,
  path: string,
  link: LinkInput,
  input: LinkPathInput,
): Problem[] {
  const kinds = kindsOfLayer[link.layer];
  if (!kinds.includes(input.kind))
    return [
      {
        path: `${path}.kind`,
        message: `a layer-${link.layer} link has no path of this kind`,
        value: input.kind,
        bound: kinds.join(', '),
        fix: 'Change the layer or the kind.',
      },
    ];
  const refused = link.ends.flatMap((end) => checkEnd(platform, path, link, end, input));
  if (refused.length > 0) return refused;
  return [...checkVpnEnds(platform, path, link, input), ...checkAdoptedEnds(platform, providers, path, link, input)];
}

function checkEnd(platform: Platform, path: string, link: LinkInput, end: string, input: LinkPathInput): Problem[] {
  const place = platform.places[end];
  const peer = platform.places[link.ends.find((other) => other !== end) ?? ''];
  if (!place || !peer || kindsOf(place).includes(input.kind)) return [];
  const what = `site "${end}" (${place.site.provider}, profile ${place.site.profile}) has no links of kind ${input.kind}`;
  return [
    { path, message: what, value: input.kind, bound: kindsOf(place).join(', ') || 'none', fix: otherKind(place, peer) },
  ];
}

/** What both ends can have; a segment is another layer than the rest. */
function otherKind(place: Place, peer: Place): string {
  const both = kindsBetween(place, peer);
  const layer3 = both.filter((kind) => kind !== 'segment');
  const ways = [
    ...(layer3.length > 0 ? [`use a path of kind ${either(layer3)} (layer 3)`] : []),
    ...(both.includes('segment') ? ['use a path of kind segment (layer 2)'] : []),
    `end the link at another site${both.length > 0 ? '' : `: ${place.site.id} and ${peer.site.id} can have none`}`,
  ];
  const text = ways.join(', or ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function checkVpnEnds(platform: Platform, path: string, link: LinkInput, input: LinkPathInput): Problem[] {
  const allocate = link.ends.every((end) => platform.places[end]?.adapter.facts.vpn.outsideAddresses === 'connection');
  if (input.kind !== 'vpn' || !allocate) return [];
  return [
    {
      path,
      message: 'both ends allocate their tunnel addresses with the connection, so neither can be made first',
      value: link.ends,
      fix: 'Go through a third site, or use a circuit.',
    },
  ];
}

/** Circuits and segments name adopted things at both ends; each end has its own adapter's schema. */
function checkAdoptedEnds(
  platform: Platform,
  providers: Providers,
  path: string,
  link: LinkInput,
  input: LinkPathInput,
): Problem[] {
  if (input.kind === 'vpn') return [];
  if (input.kind === 'segment')
    return link.ends.flatMap((end) => checkEndForm(platform, providers, `${path}.ends`, end, input.ends));
  return Object.entries(input.circuits).flatMap(([id, circuit]) => {
    const at = `${path}.circuits.${id}`;
    return [
      ...link.ends.flatMap((end) => checkEndForm(platform, providers, `${at}.ends`, end, circuit.ends)),
      ...checkCircuitAddresses(at, link, circuit.addresses),
    ];
  });
}

function checkEndForm(
  platform: Platform,
  providers: Providers,
  path: string,
  end: string,
  ends: Readonly<Record<string, unknown>>,
): Problem[] {
  const provider = providers[platform.places[end]?.site.provider ?? ''];
  if (!provider) return [];
  if (ends[end] === undefined)
    return [{ path, message: `says nothing of site "${end}"`, fix: `Add the key "${end}".` }];
  const check = compileSchema(provider.circuitEnd);
  if (check(ends[end])) return [];
  return describeErrors(check.errors ?? []).map((problem) => ({
    ...problem,
    path: `${path}.${end}${problem.path === '(topology)' ? '' : `.${problem.path}`}`,
  }));
}

function checkCircuitAddresses(path: string, link: LinkInput, addresses: Readonly<Record<string, string>>): Problem[] {
  const missing = link.ends.filter((end) => addresses[end] === undefined);
  if (missing.length > 0)
    return missing.map((end) => ({
      path: `${path}.addresses`,
      message: `has no address of site "${end}"`,
      fix: `Add the key "${end}", as the provider allocated it.`,
    }));
  const [one, other] = link.ends.map((end) => addresses[end] ?? '') as [string, string];
  if (overlaps(one, other) && one !== other) return [];
  return [
    {
      path: `${path}.addresses`,
      message: 'both ends must be different addresses of one subnet',
      value: addresses,
      fix: 'Copy them from the order.',
    },
  ];
}
