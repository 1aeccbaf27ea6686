import { decode, encode } from '../sandbox/codec';
import type { BlockFacts } from '../sandbox/facts';
import { errorOf } from '../sandbox/real/configured';
import { typeOfBlock } from '../sandbox/schema';
import { equal, equalSets, isFields, isList, isUnknown, type Fields, type Type, type Value } from '../sandbox/values';
import type { Ask } from './judges';
import { proposedState } from './proposed';

/** What Terraform makes of a provider's plan. */
export interface CorePlan {
  /** Why there is none. */
  readonly said?: string;
  readonly planned: Fields;
  /** Paths of changes that replace the object, sorted: `boot_disk.0.image`. */
  readonly replaces: readonly string[];
}

interface Step {
  readonly attribute_name?: string;
  readonly element_key_string?: string;
  readonly element_key_int?: number;
}

interface PlanAnswer {
  readonly planned_state?: { readonly msgpack?: Uint8Array };
  readonly requires_replace?: readonly { readonly steps?: readonly Step[] }[];
}

/** Asks for a plan as Terraform does: where a change replaces the object, the plan is the one of the new object. */
export async function planAsCore(
  ask: Ask,
  type: string,
  block: BlockFacts,
  prior: Fields | null,
  config: Fields,
): Promise<CorePlan> {
  const wire = typeOfBlock(block);
  const answer = await ask('plan', {
    type_name: type,
    prior_state: encode(prior, wire),
    proposed_new_state: encode(proposedState(block, prior, config), wire),
    config: encode(config, wire),
  });
  const said = errorOf(answer);
  const { planned_state, requires_replace = [] } = answer as PlanAnswer;
  const planned = decode(planned_state, wire);
  if (said !== undefined || !isFields(planned)) return { said: said ?? 'no plan', planned: {}, replaces: [] };
  if (!prior) return { planned, replaces: [] };
  const paths = requires_replace.map(({ steps = [] }) => steps.map(nameOf));
  const replaces = [
    ...new Set(paths.filter((path) => differs(path, prior, planned, wire)).map((path) => path.join('.'))),
  ];
  if (replaces.length === 0) return { planned, replaces };
  return { ...(await planAsCore(ask, type, block, null, config)), replaces: replaces.sort() };
}

const nameOf = (step: Step): string =>
  step.attribute_name ?? step.element_key_string ?? String(step.element_key_int ?? 0);

/** Terraform leaves out what a provider names without having changed it. */
function differs(path: readonly string[], prior: Value, planned: Value, type: Type): boolean {
  const [name, ...rest] = path;
  if (isUnknown(planned)) return true;
  if (name === undefined) {
    if (type[0] === 'set' && isList(prior) && isList(planned)) return !equalSets(prior, planned);
    return !equal(prior, planned);
  }
  return differs(rest, memberOf(prior, name), memberOf(planned, name), typeOfMember(type, name));
}

function memberOf(value: Value, name: string): Value {
  if (isList(value)) return value[Number(name)] ?? null;
  return isFields(value) ? (value[name] ?? null) : null;
}

function typeOfMember(type: Type, name: string): Type {
  if (typeof type === 'string') return 'dynamic';
  if (type[0] === 'object') return type[1][name] ?? 'dynamic';
  return type[0] === 'tuple' ? 'dynamic' : type[1];
}
