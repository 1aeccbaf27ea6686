import { agreementOf, type Fidelity, refusalsFoundOf } from './compare';
import { replacementPath } from './differences';
import type { Measured } from './measure';
import type { PlanFidelity } from './plans';

/** What the sandbox has to agree on with each provider, 0 to 1. */
export const leastAgreement = 0.95;
/** Of what the provider refuses, what the sandbox has to refuse too, 0 to 1: one that accepts everything has none. */
const leastRefusalsFound = 0.9;
/** Refusals of the provider below which their share says nothing. */
const fewestRefusals = 20;
/** Configurations that one side refuses unchanged, of all, 0 to 1: their mutations were not asked. */
const mostUnjudged = 0.05;

/** Of the planned values, how many have to be the provider's, 0 to 1. */
const leastSameValues = 0.97;

/** What is not as it has to be, one sentence each; none: the sandbox is faithful to this provider. */
export const shortcomings = ({ verdicts, plans }: Measured): string[] => [...ofVerdicts(verdicts), ...ofPlans(plans)];

/** Shares of nothing show nothing: 0. Replacements are all or nothing: one wrong is a machine lost. */
function ofPlans(plans: PlanFidelity): string[] {
  const { creates, replacements, sameReplacements, unplanned, differences } = plans;
  const same = sameValuesOf(plans);
  const wrong = differences.find(({ path }) => path === replacementPath);
  return [
    ...(same < leastSameValues ? [below('planned values', same, leastSameValues, differences[0])] : []),
    ...(sameReplacements < replacements ? [below('replacements', sameReplacements / replacements, 1, wrong)] : []),
    ...(unplanned.length > mostUnjudged * creates
      ? [`unplanned: ${unplanned.length} of ${creates}, at most ${percent(mostUnjudged)}: ${first(unplanned[0])}`]
      : []),
  ];
}

/** Share of the planned values that are the provider's, 0 to 1. */
export const sameValuesOf = ({ values, sameValues }: PlanFidelity): number => (values === 0 ? 0 : sameValues / values);

/** Of the verdicts alone. */
export function ofVerdicts(measured: Fidelity): string[] {
  const { configurations, realRefused, unjudged, disagreements } = measured;
  const [agreement, found] = [agreementOf(measured), refusalsFoundOf(measured) ?? 1];
  const unasked = unjudged.length / Math.max(1, configurations);
  return [
    ...(agreement < leastAgreement ? [below('agreement', agreement, leastAgreement, disagreements[0])] : []),
    ...(realRefused >= fewestRefusals && found < leastRefusalsFound
      ? [below('refusals found', found, leastRefusalsFound, disagreements[0])]
      : []),
    ...(unasked > mostUnjudged
      ? [`unjudged: ${unjudged.length} of ${configurations}, at most ${percent(mostUnjudged)}: ${first(unjudged[0])}`]
      : []),
  ];
}

function below(what: string, share: number, least: number, example: unknown): string {
  return `${what}: ${percent(share)}, at least ${percent(least)}: ${first(example)}`;
}

const first = (example: unknown): string => `the first is ${JSON.stringify(example)}`;

/** `97.54 %`, rounded down. */
export const percent = (share: number): string => `${(Math.floor(share * 10_000) / 100).toFixed(2)} %`;
