import { decode, encode } from '../sandbox/codec';
import type { BlockFacts } from '../sandbox/facts';
import { launchConfigured, type Configured } from '../sandbox/real/configured';
import type { Plugin } from '../sandbox/real/plugin';
import { typeOfBlock } from '../sandbox/schema';
import { isFields, type Fields, type Value } from '../sandbox/values';

/** An error that a provider gave: the path of the attribute without indices, empty for the whole. */
export interface Complaint {
  readonly path: string;
  readonly text: string;
}

export interface PlannedChange {
  readonly planned: Fields;
  /** Paths without indices that make the provider replace the resource. */
  readonly replaces: readonly string[];
}

/** A provider under observation. A question that makes it panic is answered with `undefined`, and it is started again. */
export interface Subject {
  validate(type: string, block: BlockFacts, config: Fields): Promise<readonly Complaint[] | undefined>;
  plan(type: string, block: BlockFacts, prior: Fields | null, config: Fields): Promise<PlannedChange | undefined>;
  close(): void;
}

const error = 1;

/** Starts a provider and configures it, offline, where it can be. Throws when it does not start. */
export async function openSubject(options: Configured): Promise<Subject> {
  let plugin: Plugin | undefined = await launchConfigured(options);
  const ask = async <T>(call: 'validate' | 'plan', request: object): Promise<T | undefined> => {
    plugin ??= await launchConfigured(options);
    try {
      return (await plugin.ask(call, request)) as T;
    } catch {
      plugin.close();
      plugin = undefined;
      return undefined;
    }
  };
  return {
    validate: async (type, block, config) => {
      const request = { type_name: type, config: encode(config, typeOfBlock(block)) };
      const answer = await ask<Diagnosed>('validate', request);
      return answer && complaints(answer);
    },
    plan: async (type, block, prior, config) => {
      const answer = await ask<PlanAnswer>('plan', planRequest(type, block, prior, config));
      return answer && readPlan(answer, block);
    },
    close: () => plugin?.close(),
  };
}

function planRequest(type: string, block: BlockFacts, prior: Fields | null, config: Fields): object {
  const wire = (value: Value): object => encode(value, typeOfBlock(block));
  const identity: Fields = block.attributes?.['id'] && prior ? { id: 'made-up' } : {};
  return {
    type_name: type,
    prior_state: wire(prior && { ...prior, ...identity }),
    proposed_new_state: wire({ ...config, ...identity }),
    config: wire(config),
  };
}

interface Diagnosed {
  readonly diagnostics?: readonly {
    readonly severity: number;
    readonly summary?: string;
    readonly detail?: string;
    readonly attribute?: Path;
  }[];
}

interface Path {
  readonly steps?: readonly { readonly attribute_name?: string }[];
}

interface PlanAnswer extends Diagnosed {
  readonly planned_state?: { readonly msgpack?: Uint8Array };
  readonly requires_replace?: readonly Path[];
}

function complaints(answer: Diagnosed): Complaint[] {
  const errors = (answer.diagnostics ?? []).filter((one) => one.severity === error);
  return errors.map(({ summary = '', detail = '', attribute }) => ({
    path: attribute ? textOf(attribute) : '',
    text: detail ? `${summary}: ${detail}` : summary,
  }));
}

function readPlan(answer: PlanAnswer, block: BlockFacts): PlannedChange | undefined {
  const planned = decode(answer.planned_state, typeOfBlock(block));
  if (complaints(answer).length > 0 || !isFields(planned)) return undefined;
  return { planned, replaces: (answer.requires_replace ?? []).map(textOf) };
}

function textOf(path: Path): string {
  return (path.steps ?? []).flatMap((step) => (step.attribute_name ? [step.attribute_name] : [])).join('.');
}
