import type { TypeFacts } from '../facts';
import { bodyOf, expressionOf, expressionsOf, asObject, isArray, type Body, type Json, type JsonObject } from './body';
import { isKnownFunction } from './functions';
import { refusePlanting } from './not-plantable';
import { parseAddress } from './parse';
import { providerOf, type Declared } from './stack-file';
import { walk, type Node } from './syntax';

/** A resource or a data source, understood: nothing in it is beyond what can be planted. */
export interface Element extends Declared {
  readonly facts: TypeFacts;
  readonly body: Body;
  /** Its provider, as the configuration names it: `aws`, `google.tokyo`. */
  readonly provider: string;
  readonly createBeforeDestroy: boolean;
  /** Conditions that must hold, before it is made and after. */
  readonly before: readonly Node[];
  readonly after: readonly Node[];
  /** Every expression in which it may name others. */
  readonly expressions: readonly Node[];
}

const OWN = ['provider', 'depends_on', 'lifecycle'];
const LIFECYCLE = [
  'create_before_destroy',
  'prevent_destroy',
  'ignore_changes',
  'replace_triggered_by',
  'precondition',
  'postcondition',
];

/** Throws `NotPlantable` for what is not understood. */
export function elementOf(declared: Declared, facts: TypeFacts): Element {
  const { json } = declared;
  const lifecycle = asObject(firstOf(json['lifecycle']) ?? {}, 'lifecycle');
  const foreign = Object.keys(lifecycle).find((name) => !LIFECYCLE.includes(name));
  if (foreign !== undefined) refusePlanting(`lifecycle.${foreign}`);
  const body = bodyOf(json, facts.block, OWN);
  const [before, after] = [conditionsOf(lifecycle, 'precondition'), conditionsOf(lifecycle, 'postcondition')];
  const named = [...texts(json['depends_on']), ...texts(lifecycle['replace_triggered_by'])].map(parseAddress);
  const expressions = [...expressionsOf(body), ...before, ...after, ...named];
  refuseUnknownFunctions(expressions);
  const createBeforeDestroy = lifecycle['create_before_destroy'] === true;
  return { ...declared, facts, body, provider: providerOf(declared), createBeforeDestroy, before, after, expressions };
}

/** Known before anything is made: the whole stack is planted, or none of it. */
export function refuseUnknownFunctions(expressions: readonly Node[]): void {
  for (const expression of expressions) {
    walk(expression, (node) => {
      if (node.kind === 'call' && !isKnownFunction(node.name)) refusePlanting(`the function ${node.name}`);
    });
  }
}

function conditionsOf(lifecycle: JsonObject, name: string): readonly Node[] {
  const json = lifecycle[name] ?? [];
  return (isArray(json) ? json : [json]).map((item) => expressionOf(asObject(item, name)['condition'] ?? null));
}

const firstOf = (json: Json | undefined): Json | undefined => (isArray(json) ? json[0] : json);

function texts(json: Json | undefined): readonly string[] {
  return isArray(json) ? json.map((item) => (typeof item === 'string' ? item : refusePlanting('a list of texts'))) : [];
}
