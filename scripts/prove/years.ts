import type { Changes } from '../deploy/plan-summary';
import type { DeployReport } from '../deploy/report';
import { destroyedEarly, halvesTogether } from './halves';
import type { Happening } from './order';
import reference from '../../stacks/topologies/reference';
import type { Topology } from '../../stacks/topology/topology';

type Writable<T> = { -readonly [K in keyof T]: Writable<T[K]> };
export type Draft = Writable<Topology>;

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

/** Each change is one of these, `STACK KIND ADDRESS`, and each of these is there. */
const exactly =
  (...patterns: readonly RegExp[]): Year['wrong'] =>
  (changes) => {
    const lines = Object.entries(changes).flatMap(([stack, made]) =>
      kinds.flatMap((kind) => made[kind].map((address) => `${stack} ${kind} ${address}`)),
    );
    return [
      ...lines.filter((line) => !patterns.some((pattern) => pattern.test(line))).map((line) => `${line} is too much`),
      ...patterns.filter((pattern) => !lines.some((line) => pattern.test(line))).map((one) => `nothing is ${one}`),
    ];
  };

const kinds = ['create', 'update', 'replace', 'destroy'] as const;

/** Shard s4 alone, at the cage and at Google: what one makes the other takes away. */
const onlyShard = (cage: 'create' | 'destroy', gcp: 'create' | 'destroy'): Year['wrong'] =>
  exactly(
    ...(['a', 'b'] as const).flatMap((side) => [
      new RegExp(`^cage-live-${side} ${cage} maas_instance\\.machines-live-origin-s4-${side}$`),
      new RegExp(`^gcp-live-${side} ${gcp} (google_compute_\\w+|terraform_data)\\.machines_live-origin-s4-${side}_`),
    ]),
    new RegExp(`^cage-live ${cage} bigip_ltm_\\w+\\.ingest-s4-`),
    /^cage-live update bigip_command\.ingest-sync$/,
    new RegExp(`^gcp-live ${gcp} google_compute_\\w+\\.ingest_(s4|listeners|probes)_`),
    /^dns update google_dns_record_set\.records_([ab]s4origin|s4ingest)live_/,
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
    wrong: exactly(
      /^dev-live-dev-a update cloudstack_instance\.machines_live-dev-origin-s1-a_/,
      /^dev-live-dev-b update cloudstack_instance\.machines_live-dev-origin-s1-b_/,
    ),
  },
  {
    name: 'an image is changed',
    edit: (draft) => {
      Object.assign(site(draft, 'gcp').settings, { imageProject: 'example-live-images' });
      // Newer hosts boot images for newer processors.
      const { machineTypes } = site(draft, 'dev').settings as { machineTypes: object[] };
      for (const type of machineTypes) Object.assign(type, { cpu: 'x86-64-v3' });
    },
    touches: ['gcp-live', ...system('dev-live-dev')],
    wrong: exactly(
      /^gcp-live replace google_compute_region_instance_template\.edges_/,
      /^gcp-live update google_compute_region_instance_group_manager\.edges_/,
      /^dev-live-dev-a replace cloudstack_instance\.machines_live-dev-origin-s1-a_/,
      /^dev-live-dev-b replace cloudstack_instance\.machines_live-dev-origin-s1-b_/,
      /^dev-live-dev replace (cloudstack_(autoscale_\w+|condition|instance)|terraform_data)\.edges_/,
      /^dev-live-dev update cloudstack_loadbalancer_rule\.ingest_s1_/,
    ),
  },
  {
    name: 'a shard is moved',
    edit: (draft) => Object.assign(live(draft).shards, { s4: { site: 'gcp' } }),
    touches: [...system('cage-live'), ...system('gcp-live'), 'dns'],
    wrong: onlyShard('destroy', 'create'),
  },
  {
    name: 'the shard is moved back',
    edit: (draft) => Object.assign(live(draft).shards, { s4: { site: 'cage' } }),
    touches: [...system('cage-live'), ...system('gcp-live'), 'dns'],
    wrong: onlyShard('create', 'destroy'),
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

/** What a run did that the year does not allow, one sentence each. @param happenings what the cloud saw of it */
export function objections(year: Year, report: DeployReport, happenings: readonly Happening[]): string[] {
  const changed = report.stacks.filter((stack) => stack.changed);
  const touched = changed.map(({ stack }) => stack);
  const changes = Object.fromEntries(changed.map((stack) => [stack.stack, stack.changes]));
  const replacing = changed.filter((stack) => stack.changes.replace.length > 0).map(({ stack }) => stack);
  return [
    ...touched.filter((stack) => !year.touches.includes(stack)).map((stack) => `${stack} was touched`),
    ...year.touches.filter((stack) => !touched.includes(stack)).map((stack) => `${stack} was not touched`),
    ...(year.wrong?.(changes) ?? []),
    ...halvesTogether(happenings),
    ...destroyedEarly(happenings, replacing),
    ...report.orphans.map(({ stack }) => `${stack} is an orphan`),
  ].map((objection) => `${year.name}: ${objection}`);
}
