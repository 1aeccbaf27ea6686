import type { TypeFacts } from '../facts';
import { asObject, bodyOf, expressionOf, expressionsOf, type Body } from './body';
import { REMOTE_STATE, TERRAFORM_DATA } from './builtin';
import { elementOf, refuseUnknownFunctions, type Element } from './element';
import { Graph, Naming } from './graph';
import { refusePlanting } from './not-plantable';
import { providerOf, type Declared, type StackFile } from './stack-file';
import { factsNamed, type FactsByName } from './stack-providers';
import type { Node } from './syntax';

/** A stack that is understood as a whole: what is to be made, in which order. */
export interface StackPlan {
  /** Each after what it needs; data sources as early as can be, as Terraform reads them before it changes anything. */
  readonly elements: readonly Element[];
  readonly graph: Graph;
  /** Addresses that are created before what they replace is destroyed, be it for another's sake. */
  readonly createdFirst: ReadonlySet<string>;
  readonly locals: ReadonlyMap<string, Node>;
  readonly providers: ReadonlyMap<string, Body>;
  readonly outputs: ReadonlyMap<string, PlannedOutput>;
}

interface PlannedOutput {
  readonly node: Node;
  readonly sensitive: boolean;
}

const OUTPUT = ['value', 'sensitive', 'description', 'depends_on', '//'];

/** Throws `NotPlantable` for whatever only Terraform can do, before anything is made. */
export function planStack(file: StackFile, facts: FactsByName): StackPlan {
  const elements = file.declared.map((declared) => elementOf(declared, factsOf(declared, facts)));
  const byAddress = new Map(elements.map((element) => [element.address, element]));
  const locals = new Map(Object.entries(file.locals).map(([name, json]) => [name, expressionOf(json)]));
  const providers = providerBodies(file, facts);
  const naming = new Naming(locals, new Set(byAddress.keys()));
  refuseUnknownFunctions([...locals.values(), ...[...providers.values()].flatMap(expressionsOf)]);
  const graph = new Graph(new Map(elements.map((element) => [element.address, namedBy(element, providers, naming)])));
  const inTurn = graph.order(elements.map(({ address }) => address));
  return {
    elements: inTurn.map((address) => byAddress.get(address) ?? refusePlanting(`there is no ${address}`)),
    ...{ graph, locals, providers },
    createdFirst: createdFirst(elements, graph),
    outputs: outputsOf(file),
  };
}

function factsOf(declared: Declared, facts: FactsByName): TypeFacts {
  const { type, mode } = declared;
  if (type === 'terraform_data') return TERRAFORM_DATA;
  if (type === 'terraform_remote_state') return REMOTE_STATE;
  const provider = factsNamed(facts, providerOf(declared));
  const known = mode === 'data' ? provider.data_sources?.[type] : provider.resources[type];
  return known ?? refusePlanting(`the type ${type}, which the facts do not have`);
}

function providerBodies(file: StackFile, facts: FactsByName): ReadonlyMap<string, Body> {
  const entries = [...file.providers].map(([name, json]): [string, Body] => {
    const provider = factsNamed(facts, name);
    return [name, bodyOf(json, provider.provider_config ?? {}, ['version'])];
  });
  return new Map(entries);
}

function namedBy(element: Element, providers: ReadonlyMap<string, Body>, naming: Naming): ReadonlySet<string> {
  const provider = providers.get(element.provider);
  const named = naming.namedIn([...element.expressions, ...(provider ? expressionsOf(provider) : [])]);
  named.delete(element.address);
  return named;
}

/** What is created first needs all that it depends on to be created first too. */
function createdFirst(elements: readonly Element[], graph: Graph): ReadonlySet<string> {
  const own = elements.filter(({ createBeforeDestroy }) => createBeforeDestroy).map(({ address }) => address);
  return new Set(own.flatMap((address) => [address, ...graph.dependencies(address)]));
}

function outputsOf(file: StackFile): ReadonlyMap<string, PlannedOutput> {
  const entries = Object.keys(file.outputs)
    .sort()
    .map((name): [string, PlannedOutput] => {
      const output = asObject(file.outputs[name], name);
      const foreign = Object.keys(output).find((key) => !OUTPUT.includes(key));
      if (foreign !== undefined) refusePlanting(`${foreign} of the output ${name}`);
      const node = expressionOf(output['value'] ?? null);
      refuseUnknownFunctions([node]);
      return [name, { node, sensitive: output['sensitive'] === true }];
    });
  return new Map(entries);
}
