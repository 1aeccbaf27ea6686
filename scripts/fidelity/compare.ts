import type { MeasuredFacts } from '../facts/types';
import { withRules } from '../sandbox/more-rules';
import type { SimulatedRule } from '../../constructs/contract/simulation';
import { differentConfigurations, type EmittedResource } from './emitted';
import type { Judge, Verdict } from './judges';
import { type Mutation, mutationsOf } from './mutations';
import { refusedByCore, typedBlock } from './typed';

/** A mutation on which the sandbox and the provider do not agree. */
export interface Disagreement {
  readonly type: string;
  readonly path: string;
  readonly mutation: string;
  readonly real: string;
  readonly sandbox: string;
}

export interface Fidelity {
  readonly types: number;
  readonly configurations: number;
  /** Mutations that Terraform itself refuses by the schema, the same for both. */
  readonly byTerraform: number;
  /** Mutations that both were asked. */
  readonly asked: number;
  readonly agreed: number;
  /** Of those asked, how many the provider refused. */
  readonly realRefused: number;
  /** Of those agreed, how many both refused. */
  readonly bothRefused: number;
  readonly disagreements: readonly Disagreement[];
  /** Unchanged configurations that one refuses: their mutations would prove nothing. */
  readonly unjudged: readonly Disagreement[];
}

export interface Judges {
  readonly real: Judge;
  readonly sandbox: Judge;
}

export interface CompareOptions {
  /** Different configurations of one type that are mutated. @default 3 */
  readonly perType?: number;
  /** Every so manieth mutation only. @default 1 */
  readonly every?: number;
  /** Rules that an adapter has beside the facts, by type: what is added keeps to them. */
  readonly rulesOf?: (type: string) => Readonly<Record<string, SimulatedRule>> | undefined;
  readonly say?: (type: string) => void;
}

type Tally = { -readonly [K in keyof Fidelity]: Fidelity[K] extends number ? number : Disagreement[] };

/** Mutates every configuration and asks both of each. */
export async function compareVerdicts(
  emitted: readonly EmittedResource[],
  facts: MeasuredFacts,
  judges: Judges,
  { perType = 3, every = 1, rulesOf = () => undefined, say = () => undefined }: CompareOptions = {},
): Promise<Fidelity> {
  const known = emitted.filter(({ type }) => facts.resources[type]);
  const chosen = differentConfigurations(known, perType);
  const tally: Tally = {
    types: new Set(chosen.map(({ type }) => type)).size,
    configurations: chosen.length,
    byTerraform: 0,
    asked: 0,
    agreed: 0,
    realRefused: 0,
    bothRefused: 0,
    disagreements: [],
    unjudged: [],
  };
  for (const one of chosen) {
    say(one.type);
    const own = facts.resources[one.type];
    if (own) await compareOne(one, { facts: withRules(own, rulesOf(one.type)), judges, every, tally });
  }
  return tally;
}

interface Comparing {
  readonly facts: ReturnType<typeof withRules>;
  readonly judges: Judges;
  readonly every: number;
  readonly tally: Tally;
}

async function compareOne({ type, config }: EmittedResource, comparing: Comparing): Promise<void> {
  const { judges, every, tally } = comparing;
  const { block, rules = {} } = comparing.facts;
  const typed = typedBlock(block, config);
  const ask = async (mutated: NonNullable<Mutation['config']>) => ({
    real: await judges.real.judge(type, block, mutated),
    sandbox: await judges.sandbox.judge(type, block, mutated),
  });
  const base = await ask(typed);
  if (!base.real.accepted || !base.sandbox.accepted) {
    tally.unjudged.push(disagreement(type, { path: '', kind: 'added', detail: 'unchanged' }, base));
    return;
  }
  for (const [at, mutation] of mutationsOf(block, typed, rules).entries()) {
    if (at % every !== 0) continue;
    if (!mutation.config || refusedByCore(block, mutation.config) !== undefined) tally.byTerraform++;
    else take(tally, type, mutation, await ask(mutation.config));
  }
}

interface Answers {
  readonly real: Verdict;
  readonly sandbox: Verdict;
}

function take(tally: Tally, type: string, mutation: Mutation, answers: Answers): void {
  const { real, sandbox } = answers;
  tally.asked++;
  if (!real.accepted) tally.realRefused++;
  if (real.accepted !== sandbox.accepted) tally.disagreements.push(disagreement(type, mutation, answers));
  else {
    tally.agreed++;
    if (!real.accepted) tally.bothRefused++;
  }
}

function disagreement(type: string, { path, kind, detail }: Mutation, { real, sandbox }: Answers): Disagreement {
  return { type, path, mutation: `${kind}: ${detail}`, real: words(real), sandbox: words(sandbox) };
}

const shown = 160;

function words({ accepted, said }: Verdict): string {
  if (accepted) return 'accepted';
  const text = said.replaceAll(/a{50,}/g, 'aaa...').replaceAll(/\s+/g, ' ');
  return `refused: ${text.length > shown ? `${text.slice(0, shown)}...` : text}`;
}

/** Share of the mutations that both were asked, 0 to 1. Nothing asked is nothing shown: 0. */
export const agreementOf = ({ asked, agreed }: Fidelity): number => (asked === 0 ? 0 : agreed / asked);

/** Of what the provider refuses, the share that the sandbox refuses too, 0 to 1; undefined where it refuses nothing. */
export const refusalsFoundOf = ({ realRefused, bothRefused }: Fidelity): number | undefined =>
  realRefused === 0 ? undefined : bothRefused / realRefused;
