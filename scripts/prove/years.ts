import type { Changes } from '../deploy/plan-summary';
import type { DeployReport } from '../deploy/report';
import reference from '../../stacks/topologies/reference';
import type { Topology } from '../../stacks/topology/topology';

type Writable<T> = { -readonly [K in keyof T]: Writable<T[K]> };
export type Draft = Writable<Topology>;

/** A stock image that the platform does not start with. */
export const newImage = 'projects/ubuntu-os-cloud/global/images/ubuntu-2204-jammy-v20251023';

/** One change of the reference platform, as it comes over the years. */
export interface Year {
  readonly name: string;
  edit(draft: Draft): void;
  /** Stacks that it may touch, and must: no more, no less. */
  readonly touches: readonly string[];
  /** What is wrong with the resources that were touched; none: as it must be. */
  readonly wrong?: (changes: Readonly<Record<string, Changes>>) => readonly string[];
}

const half = (stack: string): string[] => [`${stack}-a`, `${stack}-b`];
const system = (stack: string): string[] => [...half(stack), stack];
const live = (draft: Draft): Draft['systems'][string] => draft.systems['live'] as Draft['systems'][string];
const site = (draft: Draft, id: string): Draft['sites'][string] => draft.sites[id] as Draft['sites'][string];

const count = (changes: Changes | undefined, kind: keyof Changes): number => changes?.[kind].length ?? 0;

/** Nothing that stood is destroyed or made anew. */
const onlyAdds: Year['wrong'] = (changes) =>
  Object.entries(changes).flatMap(([stack, made]) =>
    count(made, 'replace') + count(made, 'destroy') > 0 ? [`${stack} replaces or destroys`] : [],
  );

/** Nothing new is made. */
const onlyRemoves: Year['wrong'] = (changes) =>
  Object.entries(changes).flatMap(([stack, made]) =>
    count(made, 'create') + count(made, 'replace') > 0 ? [`${stack} makes something`] : [],
  );

const osakaSystem = (draft: Draft): Draft['systems'][string] => ({
  ...structuredClone(draft.systems['live-dev'] as Draft['systems'][string]),
  sites: ['osaka'],
  shards: { s1: { site: 'osaka' } },
  edges: { osaka: { min: 3, max: 6 } },
});

/** The changes in order; each starts from what the one before left. */
export const years: readonly Year[] = [
  {
    name: 'a site is added',
    edit: (draft) => {
      const gcp = structuredClone(site(draft, 'gcp'));
      const zones = ['a', 'b', 'c'].map((zone) => `asia-northeast2-${zone}`);
      const settings = { ...gcp.settings, region: 'asia-northeast2', zones };
      const changes = { number: 6, label: 'Google Cloud Osaka', failureDomain: 'gcp-osaka', settings };
      draft.sites['osaka'] = { ...gcp, ...changes } as Draft['sites'][string];
      draft.systems['live-osaka'] = osakaSystem(draft);
    },
    touches: ['osaka-network', ...system('osaka-live-osaka'), 'dns'],
    wrong: onlyAdds,
  },
  {
    name: 'a shard is added',
    edit: (draft) => Object.assign(live(draft).shards, { s5: { site: 'cage' } }),
    touches: [...system('cage-live'), 'dns'],
    wrong: onlyAdds,
  },
  {
    name: 'the shard is removed',
    edit: (draft) => delete (live(draft).shards as Record<string, unknown>)['s5'],
    touches: [...system('cage-live'), 'dns'],
    wrong: onlyRemoves,
  },
  {
    name: 'a fleet is resized',
    edit: (draft) => Object.assign(live(draft).edges, { gcp: { min: 6, max: 40 } }),
    touches: ['gcp-live', 'dns'],
    wrong: onlyAdds,
  },
  {
    name: 'a machine type is changed',
    edit: (draft) => Object.assign((draft.systems['live-dev'] as Draft['systems'][string]).origin.size, { vcpu: 4 }),
    touches: half('dev-live-dev'),
  },
  {
    name: 'an image is changed',
    edit: (draft) =>
      Object.assign(site(draft, 'gcp').settings, {
        images: { amd64: newImage },
      }),
    touches: ['gcp-live'],
  },
  {
    name: 'a shard is moved',
    edit: (draft) => Object.assign(live(draft).shards, { s4: { site: 'gcp' } }),
    touches: [...system('cage-live'), ...system('gcp-live'), 'dns'],
  },
  {
    name: 'the shard is moved back',
    edit: (draft) => Object.assign(live(draft).shards, { s4: { site: 'cage' } }),
    touches: [...system('cage-live'), ...system('gcp-live'), 'dns'],
  },
  {
    name: 'a site is relabelled',
    edit: (draft) => (site(draft, 'gcp').label = 'Tokyo, the cloud'),
    touches: [],
  },
  {
    name: 'a site is retired',
    edit: (draft) => {
      site(draft, 'osaka').retired = true;
      Object.assign(draft.systems['live-osaka'] as object, { shards: {}, edges: {} });
    },
    touches: ['osaka-network', ...system('osaka-live-osaka'), 'dns'],
    wrong: onlyRemoves,
  },
  {
    name: 'the retired site is removed',
    edit: (draft) => {
      delete (draft.sites as Record<string, unknown>)['osaka'];
      delete (draft.systems as Record<string, unknown>)['live-osaka'];
    },
    touches: [],
  },
];

/** The topologies of all years, the reference itself first. */
export function topologiesOverYears(): readonly Draft[] {
  const drafts: Draft[] = [structuredClone(reference) as Draft];
  for (const year of years) {
    const draft = structuredClone(drafts.at(-1)) as Draft;
    year.edit(draft);
    drafts.push(draft);
  }
  return drafts;
}

/** What a run did that the year does not allow, one sentence each. */
export function objections(year: Year, report: DeployReport): string[] {
  const changed = report.stacks.filter((stack) => stack.changed);
  const touched = changed.map(({ stack }) => stack);
  const changes = Object.fromEntries(changed.map((stack) => [stack.stack, stack.changes]));
  return [
    ...touched.filter((stack) => !year.touches.includes(stack)).map((stack) => `${stack} was touched`),
    ...year.touches.filter((stack) => !touched.includes(stack)).map((stack) => `${stack} was not touched`),
    ...(year.wrong?.(changes) ?? []),
    ...together(report),
    ...report.orphans.map(({ stack }) => `${stack} is an orphan`),
  ].map((objection) => `${year.name}: ${objection}`);
}

/** Halves that were changed at the same time: a may begin only when b has ended. */
function together({ stacks }: DeployReport): string[] {
  const changed = new Map(stacks.filter((stack) => stack.changed).map((stack) => [stack.stack, stack]));
  return [...changed.keys()].flatMap((id) => {
    const [a, b] = [changed.get(id.replace(/-b$/, '-a')), changed.get(id)];
    if (!id.endsWith('-b') || !a || !b) return [];
    // A stack that destroys something does so in a second pass, backwards, when all that replaces it stands.
    const inOnePass = [a, b].every(({ changes }) => count(changes, 'destroy') === 0);
    const early = Date.parse(a.startedAt) < Date.parse(b.startedAt) + b.seconds * 1000;
    return inOnePass && early ? [`${id} and its other half were changed together`] : [];
  });
}
