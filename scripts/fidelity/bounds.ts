import { agreementOf, type Fidelity, refusalsFoundOf } from './compare';

/** What the sandbox has to agree on with each provider, 0 to 1. */
export const leastAgreement = 0.95;
/** Of what the provider refuses, what the sandbox has to refuse too, 0 to 1: one that accepts everything has none. */
const leastRefusalsFound = 0.9;
/** Refusals of the provider below which their share says nothing. */
const fewestRefusals = 20;
/** Configurations that one side refuses unchanged, of all, 0 to 1: their mutations were not asked. */
const mostUnjudged = 0.05;

/** What is not as it has to be, one sentence each; none: the sandbox is faithful to this provider. */
export function shortcomings(measured: Fidelity): string[] {
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
