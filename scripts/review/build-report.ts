import { registry } from '../../constructs/providers/registry';
import type { PlatformDescription } from '../../stacks/description/description';
import { costDelta } from '../cost/delta';
import { costOf, type StackResources } from '../cost/cost';
import { likenesses } from './analysis/likeness';
import type { PricedResource, StackPlan } from './analysis/stack-plan';
import { type Acknowledgement, acknowledge } from './acknowledgement';
import type { StackPlanned } from './engine/engine';
import type { StackFiles } from './engine/stack-files';
import { addressFindings } from './findings/addresses';
import { capacityFindings } from './findings/capacity';
import type { ReviewContext } from './findings/context';
import { type FusePolicy, fuseFindings } from './findings/fuse';
import { bothHalves } from './findings/halves';
import { liftedRefusals, openings, permissions } from './findings/openings';
import { outputFindings } from './findings/outputs';
import { driftFindings, failedChecks, unknownTypes } from './findings/plans';
import { liftedProtections } from './findings/protections';
import { failures, leftBehind, reachFindings, unfinished } from './findings/reach';
import { crossStateFindings, renameFindings } from './findings/renames';
import { imageFindings, providerVersions } from './findings/versions';
import { type StackFingerprint, joinFingerprints } from './fingerprint';
import { forcingAttributes } from './forcing';
import {
  type CostReview,
  type Finding,
  type Report,
  type ResourceChange,
  type ReviewedSide,
  type StackReview,
  findingRules,
  idOf,
  reportFormat,
  riskClasses,
} from './report';
import { maskText } from './values/mask';

export interface ReviewInput {
  readonly title: string;
  readonly topology?: string;
  readonly source: Report['source'];
  readonly sides?: { readonly base: ReviewedSide; readonly head: ReviewedSide };
  readonly platform?: { readonly base: PlatformDescription; readonly head: PlatformDescription };
  readonly stacks: readonly StackPlanned<StackPlan>[];
  /** Resources in the states of stacks that were not planned. */
  readonly standing?: ReadonlyMap<string, number>;
  readonly acknowledgements: readonly Acknowledgement[];
  readonly fuse: FusePolicy;
  /** What only the caller can find: lock files. */
  readonly findings?: readonly Finding[];
  readonly notes: readonly string[];
}

/** Everything that a review says, from what was planned. */
export function buildReport(input: ReviewInput): Report {
  const plans = input.stacks.flatMap(({ result }) => result ?? []);
  const context = contextOf(input, plans);
  const stacks = input.stacks.map((planned) => stackReview(planned, input.standing));
  const fingerprint = joinFingerprints(Object.fromEntries(input.stacks.flatMap(fingerprintOfStack)));
  const secrets = [...new Set(plans.flatMap((plan) => plan.secrets))];
  const found = findingsOf(input, context, plans, stacks).map((one) => withoutSecrets(one, secrets));
  const judged = acknowledge(found, input.acknowledgements, fingerprint.change);
  const findings = judged.findings.sort(byWeight);
  const changes = context.changes.map((change) => acknowledged(change, judged.resources)).sort(byRisk);
  const cost = costReview(input, plans);
  return {
    format: reportFormat,
    title: input.title,
    ...(input.topology === undefined ? {} : { topology: input.topology }),
    source: input.source,
    ...(input.sides ? { base: input.sides.base, head: input.sides.head } : {}),
    verdict: changes.some(isOpen) || findings.some(isOpenFinding) ? 'decide' : 'fine',
    risks: countBy(riskClasses, changes, ({ risk }) => risk),
    findings,
    changes,
    stacks,
    order: stacks.filter(({ outcome }) => outcome === 'changes').map(({ id }) => id),
    ...(cost ? { cost } : {}),
    fingerprint,
    notes: [...input.notes],
  };
}

/** Classes of which somebody has to decide by themselves; docs/review.md has the table. */
export const decisiveRisks: ReadonlySet<ResourceChange['risk']> = new Set(['data-loss', 'downtime', 'destroyed']);

/** A change on which nobody has decided yet. */
export const isOpen = (change: ResourceChange): boolean => decisiveRisks.has(change.risk) && !change.acknowledged;
export const isOpenFinding = (finding: Finding): boolean => finding.decision && !finding.acknowledged;

const acknowledged = (change: ResourceChange, resources: ReadonlySet<string>): ResourceChange =>
  decisiveRisks.has(change.risk) && resources.has(idOf(change)) ? { ...change, acknowledged: true } : change;

function contextOf({ platform, stacks }: ReviewInput, plans: readonly StackPlan[]): ReviewContext {
  const filesOf = (side: 'base' | 'head'): ReadonlyMap<string, StackFiles> =>
    new Map(stacks.flatMap((planned) => (planned[side] ? [[planned.id, planned[side]] as const] : [])));
  return {
    ...(platform ? { platform } : {}),
    files: { base: filesOf('base'), head: filesOf('head') },
    subjects: plans.flatMap(({ subjects }) => subjects),
    changes: plans.flatMap(({ changes }) => changes),
    outputs: plans.flatMap(({ outputs }) => outputs),
    checks: plans.flatMap(({ checks }) => checks),
    drift: plans.flatMap(({ drift }) => drift),
    sizes: new Map(stacks.flatMap(({ id, result }) => (result ? [[id, result.size] as const] : []))),
  };
}

function findingsOf(
  input: ReviewInput,
  context: ReviewContext,
  plans: readonly StackPlan[],
  stacks: readonly StackReview[],
): Finding[] {
  const halves = bothHalves(context);
  return [
    ...failures(input.stacks),
    ...unfinished(input.stacks),
    ...fuseFindings(context, halves, input.fuse),
    ...capacityFindings(context),
    ...openings(context),
    ...liftedRefusals(context),
    ...permissions(context),
    ...liftedProtections(context),
    ...addressFindings(context),
    ...outputFindings(context),
    ...plans.flatMap(({ renames }) => renameFindings(renames)),
    ...acrossStates(context),
    ...leftBehind(stacks),
    ...failedChecks(context),
    ...driftFindings(context),
    ...providerVersions(context),
    ...imageFindings(context),
    ...reachFindings(context, stacks),
    ...unknownTypes(context),
    ...(input.findings ?? []),
  ];
}

/** Of what the change is: also a stack whose text alone differs, because others may read what it exports. */
function fingerprintOfStack({ id, base, head, result }: StackPlanned<StackPlan>): [string, StackFingerprint][] {
  if (!result) return [];
  const isChanged = base?.hash !== head?.hash || Object.keys(result.fingerprint.changes).length > 0;
  return isChanged ? [[id, result.fingerprint]] : [];
}

/** Findings look at the values themselves. */
function withoutSecrets(finding: Finding, secrets: readonly string[]): Finding {
  const { title, details, code } = finding;
  const masked = (text: string): string => maskText(text, secrets);
  return {
    ...finding,
    title: masked(title),
    details: details.map(masked),
    ...(code ? { code: { ...code, text: masked(code.text) } } : {}),
  };
}

function acrossStates({ subjects }: ReviewContext): Finding[] {
  const going = subjects.filter(({ action }) => action === 'delete');
  const coming = subjects.filter(({ action }) => action === 'create');
  const pairs = likenesses(going, coming, 'in more').pairs.filter(({ from, to }) => from.stack !== to.stack);
  return crossStateFindings(pairs, forcingAttributes);
}

function stackReview(planned: StackPlanned<StackPlan>, standing?: ReadonlyMap<string, number>): StackReview {
  const { id, stack, outcome, base, head, result, error } = planned;
  const counts = countBy(
    [...new Set(result?.changes.map(({ action }) => action))],
    result?.changes ?? [],
    ({ action }) => action,
  );
  return {
    id,
    title: stack.title,
    sites: [...stack.sites],
    outcome,
    configurationChanged: base?.hash !== head?.hash,
    counts,
    resources: result?.size ?? standing?.get(id) ?? 0,
    ...(error === undefined ? {} : { error: maskText(error) }),
  };
}

function costReview({ platform, stacks }: ReviewInput, plans: readonly StackPlan[]): CostReview | undefined {
  if (plans.length === 0) return undefined;
  const side = (which: 'before' | 'after'): StackResources[] =>
    stacks.flatMap(({ id, stack, result }) =>
      result ? [{ stack: id, sites: stack.sites, resources: result.resources[which] as PricedResource[] }] : [],
    );
  const before = costOf(side('before'), { providers: registry, billing: platform?.base.billing });
  const after = costOf(side('after'), { providers: registry, billing: platform?.head.billing });
  const { unknownShare, unknown, rows } = costDelta(before, after);
  return { unknownShare, unknown, rows };
}

function countBy<T, K extends string>(
  keys: readonly K[],
  items: readonly T[],
  keyOf: (item: T) => K,
): Record<string, number> {
  const counts = keys.map((key) => [key, items.filter((item) => keyOf(item) === key).length] as const);
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}

/** What needs a decision first, then as the rules are listed. */
function byWeight(a: Finding, b: Finding): number {
  const open = ({ decision, acknowledged }: Finding): number => (decision && !acknowledged ? 0 : 1);
  return (
    open(a) - open(b) ||
    findingRules.indexOf(a.rule) - findingRules.indexOf(b.rule) ||
    compare(a.stack ?? '', b.stack ?? '') ||
    compare(a.title, b.title)
  );
}

function byRisk(a: ResourceChange, b: ResourceChange): number {
  return riskClasses.indexOf(a.risk) - riskClasses.indexOf(b.risk) || compare(idOf(a), idOf(b));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
