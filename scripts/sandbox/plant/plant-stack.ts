import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { ProviderFacts } from '../facts';
import { typeOfBlock } from '../schema';
import type { Sandbox } from '../server';
import { openSession } from '../sessions';
import { Stable } from '../stable';
import { prepareStack, type StackFolder } from '../stack-folder';
import { stateName } from '../state-key';
import type { Fields } from '../values';
import { create, readSource, type MadeObject } from './answers';
import { asObject, bodyOf, configure, type Body, type Configured } from './body';
import { BUILTIN, remoteState, terraformData } from './builtin';
import { connect, type Connection } from './connection';
import type { Element } from './element';
import { holds, type Lookup } from './evaluate';
import { refusePlanting } from './not-plantable';
import { planStack, type StackPlan } from './plan-of-stack';
import { sensitivePaths } from './sensitive';
import { readStack, type StackFile } from './stack-file';
import { factsNamed, factsOfStack, nameInState, type FactsByName } from './stack-providers';
import { StackValues } from './stack-values';
import { writeState, type Instance } from './state';
import { typed, type Typed } from './typed';
import { variablesOf } from './variable-values';

/** What all stacks of one planting share. */
export interface Ground {
  readonly sandbox: Sandbox;
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
  // While it is open, equal objects are two; once it has ended, what no state holds waits to be adopted.
  const session = openSession();
  try {
    const file = readStack(resolve(source));
    const planter = new StackPlanter({ ground, source: resolve(source), folder, file, session: session.id });
    await ground.sandbox.cloud.together(() => planter.makeAll());
    planter.keep();
  } finally {
    session.end();
  }
}

interface Plot {
  readonly ground: Ground;
  readonly source: string;
  readonly folder: StackFolder;
  readonly file: StackFile;
  readonly session: string;
}

class StackPlanter {
  private readonly facts: FactsByName;
  private readonly plan: StackPlan;
  private readonly values: StackValues;
  private readonly connections = new Map<string, Connection>();
  private readonly instances: Instance[] = [];
  /** Keys in the cloud. */
  private readonly made: string[] = [];

  constructor(private readonly plot: Plot) {
    const { ground, folder, file } = plot;
    this.facts = factsOfStack(ground.sandbox, folder, file);
    this.plan = planStack(file, this.facts);
    this.values = new StackValues(this.plan, variablesOf(file.variables, folder.variables, ground.env));
  }

  async makeAll(): Promise<void> {
    for (const element of this.plan.elements) await this.make(element);
  }

  /** Writes the state; from then on nobody adopts what it holds. */
  keep(): void {
    const { ground, folder } = this.plot;
    const { terraformVersion, sandbox } = ground;
    const lineage = new Stable(`lineage ${folder.name}`).uuid();
    const outputs = this.values.outputs();
    writeState(folder.state, { terraformVersion, lineage, outputs, instances: this.instances });
    if (this.made.length) sandbox.cloud.transact(() => ({ result: undefined, entry: { known: this.made } }));
  }

  private async make(element: Element): Promise<void> {
    const { body, facts, address, before, after } = element;
    refuseBroken(before, this.values.lookup);
    const configured = configure(body, this.values.lookup);
    const made = await this.objectOf(element, configured);
    const marks = [...configured.marks, ...sensitivePaths(facts.block, made.fields)];
    if (marks.length > 0 && !this.plot.ground.knowsMarks) refusePlanting('sensitive values in states of this program');
    const value = typed(typeOfBlock(facts.block), made.fields, marks);
    this.values.set(address, value);
    refuseBroken(after, this.values.of(value));
    this.instances.push(this.instanceOf(element, value, made.private));
  }

  private async objectOf(element: Element, { fields }: Configured): Promise<MadeObject> {
    const { type, mode, address, facts, provider, json } = element;
    const own = (made: Fields): MadeObject => ({ fields: made, private: undefined });
    if (type === 'terraform_data') return own(terraformData(fields, this.plot.folder.name, address));
    if (type === 'terraform_remote_state') return own(remoteState(fields, this.stateOf(json)));
    const connection = this.connection(provider);
    if (mode === 'data') return own(await readSource(connection, type, facts, fields));
    const made = await create(connection, type, facts, fields);
    if (made.private) this.made.push(Buffer.from(made.private).toString());
    return made;
  }

  /** Where the sandbox keeps the state that a remote state names. */
  private stateOf({ backend, config }: Element['json']): string {
    const { folder, source } = this.plot;
    const name = stateName(typeof backend === 'string' ? backend : 'local', asObject(config ?? {}, 'config'), source);
    return join(dirname(folder.state), name);
  }

  private instanceOf(element: Element, value: Typed, remembered: Uint8Array | undefined): Instance {
    const { address, facts, provider, type } = element;
    const isBuiltin = type === 'terraform_data' || type === 'terraform_remote_state';
    return {
      declared: element,
      provider: isBuiltin ? BUILTIN : nameInState(this.plot.file, provider, this.plot.ground.host),
      schemaVersion: facts.version ?? 0,
      value,
      private: remembered,
      dependencies: this.plan.graph.dependencies(address),
      createBeforeDestroy: this.plan.createdFirst.has(address),
    };
  }

  private connection(provider: string): Connection {
    const known = this.connections.get(provider);
    if (known) return known;
    const facts = factsNamed(this.facts, provider);
    const body = this.plan.providers.get(provider) ?? withoutBlock(provider, facts);
    const configured = configure(body, this.values.lookup);
    const { ground, folder, session } = this.plot;
    const connection = connect(ground.sandbox, facts, configured, { owner: folder.name, session });
    this.connections.set(provider, connection);
    return connection;
  }
}

/** A provider without an alias needs no block. */
function withoutBlock(provider: string, { provider_config: block = {} }: ProviderFacts): Body {
  return provider.includes('.') ? refusePlanting(`the provider ${provider}, which is not there`) : bodyOf({}, block);
}

function refuseBroken(conditions: Element['before'], lookup: Lookup): void {
  if (!conditions.every((condition) => holds(condition, lookup))) refusePlanting('a condition that fails');
}
