import type { BlockFacts } from '../sandbox/facts';
import { typeOfBlock } from '../sandbox/schema';
import { canonical, isFields, isList, isUnknown, toJson, type Fields, type Type, type Value } from '../sandbox/values';
import type { Rules } from '../facts/samples';
import { Creation, type Created, type Maker } from './created';
import { planAsCore, type CorePlan } from './core-plan';
import { gathered, planPath, replacementPath, unknownText, type Difference, type Differences } from './differences';
import { differentConfigurations } from './emitted';
import { validated } from './judges';
import { leavesOf } from './leaves';
import { mutationsOf } from './mutations';
import { refusedByCore, typedBlock } from './typed';

export interface PlanFidelity {
  readonly creates: number;
  readonly updates: number;
  /** Planned values, but for those that are null for both or copied from the configuration. */
  readonly values: number;
  readonly sameValues: number;
  /** Changes that either of the two answers by a replacement. */
  readonly replacements: number;
  readonly sameReplacements: number;
  readonly differences: readonly Differences[];
  /** Configurations whose creation the provider does not plan offline, one sentence each. */
  readonly unplanned: readonly string[];
}

export interface PlanOptions {
  /** Different configurations of one type. @default 3 */
  readonly perType?: number;
  /** Every so manieth change only. @default 1 */
  readonly every?: number;
}

type Counts = { -readonly [K in keyof PlanFidelity as PlanFidelity[K] extends number ? K : never]: number };

interface Tally extends Counts {
  readonly differences: Difference[];
}

/** Has both plan the creation of every resource, and every change of one argument of what was created. */
export async function comparePlans(maker: Maker, { perType = 3, every = 1 }: PlanOptions = {}): Promise<PlanFidelity> {
  const counts = { creates: 0, updates: 0, values: 0, sameValues: 0, replacements: 0, sameReplacements: 0 };
  const tally: Tally = { ...counts, differences: [] };
  const unplanned: string[] = [];
  const creation = new Creation(maker);
  const known = maker.emitted.filter(({ type }) => maker.factsOf(type));
  for (const one of differentConfigurations(known, perType)) {
    const facts = maker.factsOf(one.type);
    if (!facts) continue;
    const study = { maker, tally, type: one.type, ...facts };
    await compare(study, 'create', null, typedBlock(facts.block, one.config));
    const made = await creation.create(one);
    if (typeof made === 'string') unplanned.push(`${one.type}: ${made}`);
    else await compareUpdates(study, made, every);
  }
  return { ...tally, differences: gathered(tally.differences), unplanned };
}

async function compareUpdates(study: Study, { state, config: before }: Created, every: number): Promise<void> {
  await compare(study, 'unchanged', state, before);
  for (const [at, { path, kind, detail, config }] of mutationsOf(study.block, before, study.rules).entries()) {
    if (at % every !== 0 || !config || !(await isAccepted(study, config))) continue;
    await compare(study, `${path} ${kind}: ${detail}`, state, config);
  }
}

interface Study {
  readonly maker: Maker;
  readonly tally: Tally;
  readonly type: string;
  readonly block: BlockFacts;
  readonly rules: Rules;
}

/** What nobody plans, because it is not valid, is of the verdicts. */
async function isAccepted({ maker, type, block }: Study, config: Fields): Promise<boolean> {
  if (refusedByCore(block, config) !== undefined) return false;
  const verdicts = [maker.real, maker.sandbox].map(({ ask }) => validated(ask, type, block, config));
  return (await Promise.all(verdicts)).every(({ accepted }) => accepted);
}

async function compare(study: Study, change: string, prior: Fields | null, given: Fields): Promise<void> {
  const { maker, tally, type, block } = study;
  const config = withoutTwins(given, typeOfBlock(block)) as Fields;
  const real = await planAsCore(maker.real.ask, type, block, prior, config);
  const own = await planAsCore(maker.sandbox.ask, type, block, prior, config);
  if (real.said !== undefined && own.said !== undefined) return;
  tally[prior ? 'updates' : 'creates']++;
  const differ = (path: string, theirs: string, ours: string): number =>
    tally.differences.push({ type, path, change, real: theirs, sandbox: ours });
  if (real.said !== undefined || own.said !== undefined) {
    tally.values++;
    differ(planPath, real.said ?? 'planned', own.said ?? 'planned');
    return;
  }
  compareReplacements(tally, real, own, differ);
  for (const { path, isSame, ...values } of leavesOf(typeOfBlock(block), real.planned, own.planned, config)) {
    tally.values++;
    if (isSame) tally.sameValues++;
    else differ(path, shown(values.real), shown(values.own));
  }
}

function compareReplacements(
  tally: Tally,
  real: CorePlan,
  own: CorePlan,
  differ: (path: string, theirs: string, ours: string) => number,
): void {
  const [theirs, ours] = [real.replaces.join(', '), own.replaces.join(', ')];
  if (!theirs && !ours) return;
  tally.replacements++;
  if (theirs === ours) tally.sameReplacements++;
  else differ(replacementPath, theirs || 'none', ours || 'none');
}

/** A set has nothing twice: Terraform never asks for it. */
function withoutTwins(value: Value, type: Type): Value {
  if (typeof type === 'string') return value;
  if (isList(value)) {
    const items = value.map((item) =>
      withoutTwins(item, type[0] === 'list' || type[0] === 'set' ? type[1] : 'dynamic'),
    );
    return type[0] === 'set' ? [...new Map(items.map((item) => [canonical(item), item])).values()] : items;
  }
  if (!isFields(value) || type[0] !== 'object') return value;
  const members = Object.entries(value).map(
    ([name, item]) => [name, withoutTwins(item, type[1][name] ?? 'dynamic')] as const,
  );
  return Object.fromEntries(members);
}

const longest = 100;

function shown(value: Value): string {
  if (isUnknown(value)) return unknownText;
  const text = JSON.stringify(toJson(value));
  return text.length > longest ? `${text.slice(0, longest)}...` : text;
}
