import type { ProviderSimulation, Scope, SimulatedResource } from '../../constructs/contract/simulation';
import type { ProviderFacts } from './facts';
import type { TypeFacts } from './facts';

const NOTHING: SimulatedResource = {};

/** What the sandbox knows of every provider: how each type behaves, and what its schema says. */
export class World {
  private readonly types = new Map<
    string,
    { readonly simulation: ProviderSimulation; readonly resource: SimulatedResource }
  >();
  private readonly merged = new Map<string, SimulatedResource>();

  constructor(
    readonly simulations: readonly ProviderSimulation[],
    readonly facts: readonly ProviderFacts[],
  ) {
    for (const simulation of simulations) {
      for (const [type, resource] of Object.entries(simulation.resources))
        this.types.set(type, { simulation, resource });
      for (const type of Object.keys(this.factsOf(simulation.provider)?.resources ?? {})) {
        if (!this.types.has(type)) this.types.set(type, { simulation, resource: NOTHING });
      }
    }
  }

  factsOf(provider: string): ProviderFacts | undefined {
    return this.facts.find((facts) => facts.provider.toLowerCase() === provider.toLowerCase());
  }

  simulationOf(type: string): ProviderSimulation | undefined {
    return this.types.get(type)?.simulation;
  }

  /** How a type behaves, with what all types of its provider have in common. */
  resource(type: string): SimulatedResource {
    const known = this.merged.get(type);
    if (known) return known;
    const entry = this.types.get(type);
    const merged = entry ? withCommon(entry.resource, entry.simulation.common) : NOTHING;
    this.merged.set(type, merged);
    return merged;
  }

  /** The part of the cloud in which a type's objects of a scope see each other. */
  worldOf(type: string, scope: Scope): string {
    const keys = this.resource(type).apart ?? this.simulationOf(type)?.apart ?? [];
    return keys.map((key) => scope[key] ?? '').join('/');
  }

  /** Attributes by which any type refers to this one. */
  referredBy(type: string): readonly string[] {
    return [...(this.referrers().get(type) ?? [])];
  }

  private referrersByTarget: Map<string, Set<string>> | undefined;

  private referrers(): Map<string, Set<string>> {
    if (this.referrersByTarget) return this.referrersByTarget;
    const found = new Map<string, Set<string>>();
    for (const { resource } of this.types.values()) {
      for (const reference of Object.values(resource.references ?? {})) {
        for (const target of targetsOf(reference.to)) {
          found.set(target, (found.get(target) ?? new Set<string>()).add(reference.by ?? 'id'));
        }
      }
    }
    return (this.referrersByTarget = found);
  }
}

export function targetsOf(to: string | readonly string[]): readonly string[] {
  return typeof to === 'string' ? [to] : to;
}

function withCommon(resource: SimulatedResource, common: ProviderSimulation['common']): SimulatedResource {
  if (!common) return resource;
  return {
    ...resource,
    computed: { ...common.computed, ...resource.computed },
    planned: { ...common.planned, ...resource.planned },
    normalised: { ...common.normalised, ...resource.normalised },
    equivalent: { ...common.equivalent, ...resource.equivalent },
  };
}

/** The attribute that names an object, if its schema has one. */
export function idAttributeOf(resource: SimulatedResource, type: TypeFacts): string | undefined {
  const names = [resource.idAttribute, 'id', 'arn'].filter((name) => name !== undefined);
  return names.find((name) => type.block.attributes?.[name]);
}
