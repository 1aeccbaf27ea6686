import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { ProviderFacts } from '../facts';
import { typeOfBlock } from '../schema';
import { chosenFacts, type Sandbox } from '../server';
import { Stable } from '../stable';
import { prepareStack, type StackFolder } from '../stack-folder';
import { stateName } from '../state-key';
import type { Fields } from '../values';
import { create, readSource, type MadeObject } from './answers';
import { asObject, bodyOf, configure, type Configured } from './body';
import { BUILTIN, remoteState, terraformData } from './builtin';
import type { Element } from './element';
import { evaluate, holds, type Lookup } from './evaluate';
import { refusePlanting } from './not-plantable';
import { planStack, type FactsByName, type StackPlan } from './plan-of-stack';
import type { Connection, Providers } from './providers';
import { sensitivePaths } from './sensitive';
import { readStack, type StackFile } from './stack-file';
import { writeState, type Instance, type Output } from './state';
import { withoutMarks, typed, type Typed } from './typed';
import { variablesOf } from './variable-values';

/** What all stacks of one planting share. */
export interface Ground {
  readonly sandbox: Sandbox;
  readonly providers: Providers;
  readonly home: string;
  readonly env: Readonly<Record<string, string>>;
  /** As states keep it. */
  readonly terraformVersion: string;
  /** Where the program looks providers up: `registry.terraform.io`. */
  readonly host: string;
  /** Whether it is known how the program keeps in states what is sensitive. */
  readonly knowsMarks: boolean;
}

/**
 * Puts a stack into its state and the simulated cloud. Throws `NotPlantable` where only Terraform can: then it may have made
 * objects that no state holds, which Terraform adopts when it applies the same stack.
 */
export async function plantStack(ground: Ground, source: string): Promise<void> {
  const folder = prepareStack(resolve(source), resolve(ground.home));
  if (existsSync(folder.state)) refusePlanting('it has a state already');
  const planter = new StackPlanter(ground, resolve(source), folder, readStack(resolve(source)));
  await ground.sandbox.cloud.together(() => planter.makeAll());
  planter.keep();
}

class StackPlanter {
  private readonly facts: FactsByName;
  private readonly plan: StackPlan;
  private readonly variables: ReadonlyMap<string, Typed>;
  private readonly values = new Map<string, Typed>();
  private readonly locals = new Map<string, Typed>();
  private readonly connections = new Map<string, Connection>();
  private readonly instances: Instance[] = [];
  private readonly made: string[] = [];

  constructor(
    private readonly ground: Ground,
    private readonly source: string,
    private readonly folder: StackFolder,
    private readonly file: StackFile,
  ) {
    this.facts = factsByName(ground.sandbox, folder, file);
    this.plan = planStack(file, this.facts);
    this.variables = variablesOf(file.variables, folder.variables, ground.env);
  }

  async makeAll(): Promise<void> {
    const { elements } = this.plan;
    for (const element of elements) await this.make(element);
  }

  /** Writes the state; from then on nobody adopts what it holds. */
  keep(): void {
    const lineage = new Stable(`lineage ${this.folder.name}`).uuid();
    const { terraformVersion, sandbox } = this.ground;
    writeState(this.folder.state, { terraformVersion, lineage, outputs: this.outputs(), instances: this.instances });
    if (this.made.length) sandbox.cloud.transact(() => ({ result: undefined, entry: { known: this.made } }));
  }

  private async make(element: Element): Promise<void> {
    const { body, facts, address } = element;
    if (!element.before.every((condition) => holds(condition, this.lookup))) refusePlanting('a condition that fails');
    const configured = configure(body, this.lookup);
    const { fields, private: remembered } = await this.objectOf(element, configured);
    const marks = [...configured.marks, ...sensitivePaths(facts.block, fields)];
    if (marks.length > 0 && !this.ground.knowsMarks) refusePlanting('sensitive values in states of this program');
    const value = typed(typeOfBlock(facts.block), fields, marks);
    this.values.set(address, value);
    const self: Lookup = (root, name) => (root === 'self' ? value : this.lookup(root, name));
    if (!element.after.every((condition) => holds(condition, self))) refusePlanting('a condition that fails');
    this.instances.push(this.instanceOf(element, value, remembered));
  }

  private async objectOf(
    { type, mode, address, facts, provider, json }: Element,
    { fields }: Configured,
  ): Promise<MadeObject> {
    const own = (made: Fields): MadeObject => ({ fields: made, private: undefined });
    if (type === 'terraform_data') return own(terraformData(fields, this.folder.name, address));
    if (type === 'terraform_remote_state') return own(remoteState(fields, this.stateOf(json)));
    const connection = this.connection(provider);
    if (mode === 'data') return own(await readSource(connection, type, facts, fields));
    const made = await create(connection, type, facts, fields);
    if (made.private) this.made.push(Buffer.from(made.private).toString());
    return made;
  }

  private stateOf(json: Element['json']): string {
    const backend = typeof json['backend'] === 'string' ? json['backend'] : 'local';
    return join(dirname(this.folder.state), stateName(backend, asObject(json['config'] ?? {}, 'config'), this.source));
  }

  private instanceOf(element: Element, value: Typed, remembered: Uint8Array | undefined): Instance {
    const { address, facts, provider, type } = element;
    const isBuiltin = type === 'terraform_data' || type === 'terraform_remote_state';
    return {
      declared: element,
      provider: isBuiltin ? BUILTIN : this.nameOf(provider),
      schemaVersion: facts.version ?? 0,
      value,
      private: remembered,
      dependencies: this.plan.graph.dependencies(address),
      createBeforeDestroy: this.plan.createdFirst.has(address),
    };
  }

  private nameOf(provider: string): string {
    const [local = '', alias] = provider.split('.');
    const address = this.file.sources.get(local) ?? `hashicorp/${local}`;
    return `provider["${this.ground.host}/${address}"]${alias === undefined ? '' : `.${alias}`}`;
  }

  private connection(provider: string): Connection {
    const known = this.connections.get(provider);
    if (known) return known;
    const facts = this.facts.get(provider.split('.')[0] ?? provider) ?? refusePlanting(`the provider ${provider}`);
    const body = this.plan.providers.get(provider) ?? bodyOf({}, facts.provider_config ?? {});
    const connection = this.ground.providers.connect(facts, configure(body, this.lookup), this.folder.name);
    this.connections.set(provider, connection);
    return connection;
  }

  private readonly lookup: Lookup = (root, name) => {
    if (root === 'local') return this.local(name);
    const found = root === 'var' ? this.variables.get(name) : this.values.get(root === 'data' ? `data.${name}` : name);
    return found ?? refusePlanting(`${root} ${name} is not there`);
  };

  private local(name: string): Typed {
    const node = this.plan.locals.get(name) ?? refusePlanting(`there is no local.${name}`);
    const value = this.locals.get(name) ?? evaluate(node, this.lookup);
    this.locals.set(name, value);
    return value;
  }

  /** A stack's own null outputs are not kept. */
  private outputs(): Readonly<Record<string, Output>> {
    const found = [...this.plan.outputs].map(([name, { node, sensitive }]): [string, Output] => {
      const value = evaluate(node, this.lookup);
      if (value.marks.length > 0 && !sensitive) refusePlanting(`the output ${name}, which must be sensitive`);
      return [name, { value: withoutMarks(value), sensitive }];
    });
    return Object.fromEntries(found.filter(([, { value }]) => value.value !== null));
  }
}

/** A provider that is used without being required is HashiCorp's of that name. */
function factsByName(sandbox: Sandbox, folder: StackFolder, file: StackFile): FactsByName {
  const facts = chosenFacts(sandbox.world, folder.providers);
  const used = file.declared.map(({ type, json }) => (typeof json['provider'] === 'string' ? json['provider'] : type));
  const locals = new Set(
    [...file.sources.keys(), ...file.providers.keys(), ...used].map((name) => name.split(/[._]/)[0] ?? name),
  );
  const entries = [...locals].flatMap((local): (readonly [string, ProviderFacts])[] => {
    const address = file.sources.get(local) ?? `hashicorp/${local}`;
    const found = facts.find(({ provider }) => provider.toLowerCase() === address);
    return found ? [[local, found]] : [];
  });
  return new Map(entries);
}
