import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { refuse } from '../../constructs/contract/problem';
import type { CliContext } from '../cli/context';
import { progress } from '../cli/progress';
import { interruptTerraform } from '../deploy/terraform-run';
import { realProvidersFor } from '../sandbox/real/chosen';
import { fuseOf, readReviews, reviewsFile } from './acknowledgement';
import { type StackPlan, readStackPlan } from './analysis/stack-plan';
import { buildReport } from './build-report';
import { type StackPlanned, planChange } from './engine/engine';
import { type Standing, standBase } from './engine/standing';
import { finding } from './findings/context';
import { lockFindings } from './findings/versions';
import type { ChangedPlatform } from './picture';
import type { Finding, Report, ReviewedSide } from './report';
import { type Side, prepareSides } from './sides/side';

export interface RevisionsReview {
  readonly base: string | undefined;
  readonly head: string | undefined;
  readonly topology: string;
  readonly headTopology?: string;
  /** Plan every stack. */
  readonly all: boolean;
  readonly json: boolean;
  /** Real providers plan where they are on this machine. */
  readonly hybrid: boolean;
  /** Empty folder, removed by the caller. */
  readonly work: string;
  readonly signal: AbortSignal;
}

/** What this way of reviewing cannot see. */
const blindSpots = [
  'The base stands in a simulated cloud: what somebody has changed at the real one (drift) is not seen.',
  'Values that a provider allocates, addresses and ids, are made up here; whether a value is known before the apply is not.',
];

/** A review, and what it is a picture of. */
export interface ReviewedChange {
  readonly report: Report;
  readonly platform?: ChangedPlatform;
}

/** Reviews a change of this repository: the base stands in a simulated cloud, and the head is planned on top of it. */
export async function reviewRevisions(options: RevisionsReview, context: CliContext): Promise<ReviewedChange> {
  const screen = progress(context, { quiet: options.json });
  try {
    const step = screen.start('both sides');
    const sides = await prepareSides(options, context);
    step.end('done');
    const standing = await standBase(sides, options.work, context, screen, realProvidersFor(options, context));
    try {
      const report = await reportOn(sides, standing, options, (id) => screen.start(id));
      return { report, platform: { base: sides.base.description, head: sides.head.description } };
    } finally {
      await standing.close();
    }
  } finally {
    screen.close();
  }
}

async function reportOn(
  sides: { readonly base: Side; readonly head: Side },
  standing: Standing,
  options: RevisionsReview,
  start: (id: string) => { end(outcome: 'done'): void },
): Promise<Report> {
  options.signal.addEventListener('abort', interruptTerraform);
  const steps = new Map<string, { end(outcome: 'done'): void }>();
  const platform = { base: sides.base.description, head: sides.head.description };
  const stacks = await planChange<StackPlan>({
    ...sides,
    standing,
    all: options.all,
    signal: options.signal,
    onStack: (id, says) => {
      if (says === 'plan') steps.set(id, start(id));
      else steps.get(id)?.end('done');
    },
    use: ({ stack, base, head, plan, planWithMoves }) =>
      readStackPlan(plan, { stack, platform, files: { ...(base && { base }), head } }, head.hash, planWithMoves),
  });
  // Plans that were cut off would be told as plans that failed.
  if (options.signal.aborted)
    refuse([{ path: 'watari review', message: 'was interrupted, and says nothing', fix: 'Run it again.' }]);
  return reportOf(sides, stacks, standing);
}

function reportOf(
  { base, head }: { readonly base: Side; readonly head: Side },
  stacks: readonly StackPlanned<StackPlan>[],
  standing: Standing,
): Report {
  const { topology } = head.description;
  const policy = readReviews(join(base.root ?? base.folder, reviewsFile(base.description.topology)));
  const own = readReviews(join(head.root ?? head.folder, reviewsFile(topology)));
  return buildReport({
    title: `Plan review of ${topology}`,
    topology,
    source: 'revisions',
    sides: { base: sideOf(base), head: sideOf(head) },
    platform: { base: base.description, head: head.description },
    stacks,
    standing: standing.resources,
    acknowledgements: own.acknowledged ?? [],
    fuse: fuseOf(policy),
    findings: [...lockFindings(lockOf(base), lockOf(head)), ...notDeployable(standing)],
    notes: blindSpots,
  });
}

const sideOf = ({ revision, commit }: Side): ReviewedSide => ({ revision, ...(commit && { commit }) });

const lockOf = ({ root }: Side): string | undefined => {
  const file = join(root ?? '', 'package-lock.json');
  return root !== undefined && existsSync(file) ? readFileSync(file, 'utf8') : undefined;
};

function notDeployable({ failed }: Standing): Finding[] {
  return failed.map(({ stack, error }) =>
    finding({
      rule: 'note',
      decision: true,
      stack,
      title: `${stack} of the base cannot be deployed in the simulated cloud, so the head is planned as if it did not stand`,
      details: [error],
    }),
  );
}
