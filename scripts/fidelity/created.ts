import type { Rules } from '../facts/samples';
import type { BlockFacts } from '../sandbox/facts';
import type { Fields } from '../sandbox/values';
import { planAsCore } from './core-plan';
import type { EmittedResource } from './emitted';
import type { Judge, SandboxJudge } from './judges';
import { knownBlock, type Resolve } from './references';

/** A resource as it stands after its creation, and the configuration that says so. */
export interface Created {
  readonly config: Fields;
  readonly state: Fields;
}

export interface Maker {
  readonly real: Judge;
  readonly sandbox: SandboxJudge;
  /** Schema and rules of a type; undefined for one that the facts do not have. */
  readonly factsOf: (type: string) => { readonly block: BlockFacts; readonly rules: Rules } | undefined;
  readonly emitted: readonly EmittedResource[];
}

/** Makes resources as the project configures them, and first what they refer to. */
export class Creation {
  private readonly known = new Map<string, Promise<Fields | undefined>>();

  constructor(private readonly maker: Maker) {}

  /**
   * The provider plans the new resource, the sandbox fills in what only a cloud can know: as nobody has a cloud, this is
   * as near as a state can be to the provider's own. @returns why not, where the provider refuses the plan
   */
  async create({ type, config: json }: EmittedResource): Promise<Created | string> {
    const facts = this.maker.factsOf(type);
    if (!facts) return `the facts do not have ${type}`;
    const config = await knownBlock(facts.block, json, facts.rules, this.resolve);
    const { planned, said } = await planAsCore(this.maker.real.ask, type, facts.block, null, config);
    if (said !== undefined) return said;
    return { config, state: this.maker.sandbox.created(type, planned) };
  }

  private readonly resolve: Resolve = async (type, name, attribute) => {
    const referred = this.maker.emitted.find((one) => one.type === type && one.name === name);
    if (!referred) return undefined;
    const key = `${type}.${name}`;
    // a reference back to what is being made is left open
    if (!this.known.has(key)) {
      this.known.set(key, Promise.resolve(undefined));
      this.known.set(key, this.stateOf(referred));
    }
    return (await this.known.get(key))?.[attribute] ?? undefined;
  };

  private async stateOf(one: EmittedResource): Promise<Fields | undefined> {
    const made = await this.create(one);
    return typeof made === 'string' ? undefined : made.state;
  }
}
