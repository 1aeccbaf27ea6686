import type { Problem } from '../../../constructs/contract/problem';
import type { Draft, DraftSize, DraftSystem } from './draft';
import type { Accepted } from './invariants';
import { judge } from './judge';
import { makeWay } from './mend-ways';

/** How a person does what a problem's fix says. */
interface Mending {
  readonly message: RegExp;
  readonly mend: (draft: Draft, problem: Problem) => void;
}

/** A topology that was refused, once it is none any more. */
export interface Mended {
  readonly verdict: Accepted;
  readonly turns: number;
  readonly problems: number;
}

/** Mending one thing uncovers the next; whoever needs more turns than this is led in circles. */
const mostTurns = 8;

/**
 * Does what each refusal says, and nothing else, until there is a platform.
 * @throws Error when a problem has no place, message or fix, when nobody knows how to do it, or when it leads nowhere
 */
export function mendUntilAccepted(draft: Draft): Mended {
  let count = 0;
  for (let turns = 0; turns <= mostTurns; turns++) {
    const verdict = judge(draft);
    if (verdict.accepted) return { verdict, turns, problems: count };
    count += verdict.problems.length;
    const bare = verdict.problems.filter(({ path, message, fix }) => !path || !message || !fix);
    const unknown = mendAsTold(draft, verdict.problems);
    if (bare.length + unknown.length > 0) throw new Error(`${JSON.stringify(bare)} ${unknown.join('; ')}`);
  }
  throw new Error(`it is refused after ${mostTurns} turns of mending`);
}

/** Does what each fix says. @returns messages of problems that nobody knows how to mend */
function mendAsTold(draft: Draft, problems: readonly Problem[]): string[] {
  return problems.flatMap((problem) => {
    const known = mendings.find(({ message }) => message.test(problem.message));
    known?.mend(draft, problem);
    return known ? [] : [`${problem.path}: ${problem.message}`];
  });
}

const stepsOf = ({ path }: Problem): string[] => path.split('.');
const systemAt = (draft: Draft, problem: Problem): DraftSystem | undefined => draft.systems[stepsOf(problem)[1] ?? ''];
/** Of the path, or of the range that the message names. */
const siteAt = (draft: Draft, { path, message }: Problem): Draft['sites'][string] | undefined =>
  draft.sites[(/^sites\.([a-z0-9]+)/.exec(path) ?? /\(sites\.([a-z0-9]+)/.exec(message))?.[1] ?? ''];
const standing = (draft: Draft): string[] => Object.keys(draft.sites).filter((id) => !draft.sites[id]?.retired);

/** The site of a system that stands, for what has to go somewhere else. */
function otherSite(draft: Draft, system: DraftSystem | undefined): string {
  const known = system?.sites.filter((id) => standing(draft).includes(id)) ?? [];
  return known[0] ?? standing(draft)[0] ?? '';
}

function moveShard(draft: Draft, problem: Problem): void {
  const system = systemAt(draft, problem);
  const shard = system?.shards[stepsOf(problem)[3] ?? ''];
  if (shard) shard.site = otherSite(draft, system);
}

function dropOrMove(draft: Draft, problem: Problem): void {
  const system = systemAt(draft, problem);
  const [, , list, key = ''] = stepsOf(problem);
  if (list === 'shards') moveShard(draft, problem);
  else if (list === 'edges' && system) Reflect.deleteProperty(system.edges, key);
  else if (list === 'sites' && system) system.sites = system.sites.filter((id) => id in draft.sites);
}

function renumber(draft: Draft, problem: Problem): void {
  const system = systemAt(draft, problem);
  const shard = stepsOf(problem)[3] ?? '';
  const old = system?.shards[shard];
  const [, free] = /^Use (s\d+), which is free/.exec(problem.fix) ?? [];
  if (!system || !old || !free) return;
  Reflect.deleteProperty(system.shards, shard);
  system.shards[free] = old;
}

/** Fewer and lower: what a range has no room for gets numbers from 1, or a larger range. */
function widen(draft: Draft, problem: Problem): void {
  const site = siteAt(draft, problem);
  if (!site) return;
  const widest = { adoptedNetwork: 20, publicBlock: 24 };
  if (problem.path.includes('publicBlock')) {
    site.publicBlock = String(site.publicBlock).replace(/\/.*/, `/${widest.publicBlock}`);
    (site.settings.public as { cidr: string }).cidr = String(site.publicBlock);
  } else if (String(site.adoptedNetwork).endsWith('/20'))
    site.adoptedNetwork = String(site.adoptedNetwork).replace(/\/.*/, '/16');
  else site.adoptedNetwork = String(site.adoptedNetwork).replace(/\/.*/, `/${widest.adoptedNetwork}`);
}

function addMachines({ message, value, bound }: Problem, site: Draft['sites'][string] | undefined): void {
  const [, rack = '', type = ''] = /rack ([ab]) has too few machines of type (\S+)/.exec(message) ?? [];
  const machines = site?.settings.machines as Record<string, object>;
  const lacking = Number(value) - Number.parseInt(String(bound), 10);
  for (let added = 1; added <= lacking; added++)
    machines[`more-${type}-${rack}${Object.keys(machines).length}`] = { rack, type };
}

/** `Lower vcpu to 32 and egressMbps to 7000: ...` */
function lowerSize(draft: Draft, problem: Problem): void {
  const system = systemAt(draft, problem);
  if (!system) return;
  const { size } = system[stepsOf(problem)[2] === 'edge' ? 'edge' : 'origin'];
  const [, told = ''] = /^Lower ([^:]+):/.exec(problem.fix) ?? [];
  for (const [, what = '', bound] of told.matchAll(/(\w+) to (\d+)/g))
    size[what as keyof DraftSize] = Math.min(size[what as keyof DraftSize], Number(bound));
}

function otherStore(draft: Draft, problem: Problem): void {
  draft.stores['far-away'] = {
    kind: 's3',
    bucket: 'far',
    region: 'eu-west-1',
    failureDomain: 'far-away',
    adopted: true,
  };
  const [list, id = ''] = stepsOf(problem);
  if (list === 'dns') Object.assign(draft.dns ?? {}, { store: 'far-away' });
  else Object.assign((list === 'sites' ? draft.sites : draft.links)[id] ?? {}, { store: 'far-away' });
}

const linkAt = (draft: Draft, problem: Problem) => draft.links[stepsOf(problem)[1] ?? ''];

const mendings: readonly Mending[] = [
  { message: /^there is no such site$|^this site is retired$/, mend: dropOrMove },
  {
    message: /^is the number of site/,
    mend: (draft, problem) =>
      Object.assign(siteAt(draft, problem) ?? {}, { number: Number(/^Use (\d+),/.exec(problem.fix)?.[1]) }),
  },
  {
    message: /have no way to the origins/,
    mend: (draft, problem) => {
      const system = systemAt(draft, problem);
      if (system) makeWay(draft, system, problem);
    },
  },
  {
    message: /cannot autoscale$/,
    mend: (draft, problem) =>
      Object.assign(systemAt(draft, problem)?.edges ?? {}, {
        [stepsOf(problem)[3] ?? '']: { elastic: 'peak', count: 2 },
      }),
  },
  {
    message: /cannot drain that long/,
    mend: (draft, problem) =>
      Object.assign(systemAt(draft, problem)?.edge ?? {}, {
        drainSeconds: Number(/\d+/.exec(problem.bound ?? '')?.[0]),
      }),
  },
  { message: /^there is no such store$|is lost together with site/, mend: otherStore },
  {
    message: /^has one path only$/,
    mend: (draft, problem) => Object.assign(linkAt(draft, problem) ?? {}, { single: true }),
  },
  {
    message: /^min is above max$/,
    mend: (draft, problem) => {
      const fleet = systemAt(draft, problem)?.edges[stepsOf(problem)[3] ?? ''];
      if (fleet) [fleet.min, fleet.max] = [fleet.max, fleet.min];
    },
  },
  { message: /^is beyond the address plan$|the same addresses as those of systems\.\S+\.shards/, mend: renumber },
  { message: /the same addresses as those of systems\.\S+\.edges/, mend: dropOrMove },
  {
    message: /^site ".*" is retired$/,
    mend: (draft, problem) => void Reflect.deleteProperty(draft.links, stepsOf(problem)[1] ?? ''),
  },
  {
    message: /has no links of kind/,
    mend: (draft, problem) => {
      const [, kinds = ''] = /^Use a path of kind (.*?) \(layer 3\)/.exec(problem.fix) ?? [];
      const link = linkAt(draft, problem);
      if (link && kinds.includes('vpn')) Object.assign(link, { layer: 3, primary: { kind: 'vpn' } });
      else Reflect.deleteProperty(draft.links, stepsOf(problem)[1] ?? '');
    },
  },
  {
    message: /allocate their tunnel addresses/,
    mend: (draft, problem) => void Reflect.deleteProperty(draft.links, stepsOf(problem)[1] ?? ''),
  },
  {
    message: /has no machine type of this size/,
    mend: lowerSize,
  },
  {
    message: /has no stacks at this site$/,
    mend: (draft, problem) => void systemAt(draft, problem)?.sites.push(String(problem.value)),
  },
  { message: /has no address for slot/, mend: widen },
  { message: /has too few machines of type/, mend: (draft, problem) => addMachines(problem, siteAt(draft, problem)) },
  {
    message: /does not take this|has no use for this$/,
    mend: (draft, problem) => void Reflect.deleteProperty(siteAt(draft, problem) ?? {}, stepsOf(problem)[2] ?? ''),
  },
  {
    message: /^every edge fleet has weight 0/,
    mend: (draft, problem) => {
      const [first] = Object.values(systemAt(draft, problem)?.edges ?? {});
      delete first?.weight;
    },
  },
  {
    message: /has not the form of a key here$/,
    mend: (draft, problem) => renameSystem(draft, String(problem.value)),
  },
  { message: /^a reserved block .* overlaps/, mend: (draft) => void delete draft.addresses.reserved },
  {
    message: /is the name of another stack|stands for something else/,
    mend: (draft, problem) => renameSystem(draft, stepsOf(problem)[1] ?? ''),
  },
  {
    message: /balancer pair of another system/,
    mend: (draft, problem) => void Reflect.deleteProperty(draft.systems, stepsOf(problem)[1] ?? ''),
  },
  {
    message: /outside the platform's internal block/,
    mend: (draft, problem) => {
      const site = siteAt(draft, problem);
      if (site) site.adoptedNetwork = `10.${64 + site.number}.0.0/20`;
    },
  },
  {
    message: /must NOT have fewer than 1 items/,
    mend: (draft, problem) => {
      const system = systemAt(draft, problem);
      const sites = Object.values(system?.shards ?? {}).map(({ site }) => site);
      if (system) system.sites = [...new Set([...sites, ...Object.keys(system.edges)])];
    },
  },
];

function renameSystem(draft: Draft, old: string): void {
  const system = draft.systems[old];
  Reflect.deleteProperty(draft.systems, old);
  if (system) draft.systems[`system${Object.keys(draft.systems).length}`] = system;
}
