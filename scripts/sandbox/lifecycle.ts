import type { SimulatedError } from '../../constructs/contract/simulation';
import type { Candidate } from './candidate';
import { Checks } from './checks';
import type { Cloud, Entry } from './cloud';
import { Context, type Session } from './context';
import { make } from './making';
import { keyOf, type CloudObject } from './objects';
import { asPlanned, effectsOf, observe } from './observations';
import { identityOf } from './stable';
import type { TypeFacts } from './facts';
import { equal, fromJson, toJson, type Fields } from './values';
import { viewOf, type View } from './view';
import type { World } from './world';

export interface Outcome {
  readonly object?: CloudObject;
  readonly errors?: readonly SimulatedError[];
}

/** Generations that are tried before an id counts as taken. */
const MOST_GENERATIONS = 64;

/** What happens to objects of the cloud: each function is one transaction. */
export class Lifecycle {
  private readonly checks: Checks;

  constructor(
    readonly cloud: Cloud,
    readonly world: World,
    /** Whether a session may still be waiting for the answer to a create. */
    private readonly isOpen: (session: string) => boolean,
  ) {
    this.checks = new Checks(cloud, world);
  }

  create(session: Session, typeName: string, type: TypeFacts, planned: Fields, config: Fields): Outcome {
    const world = this.world.worldOf(typeName, session.scope);
    const identity = identityOf(typeName, world, { ...session.scope, owner: session.owner }, config);
    const outcome = this.cloud.transact<Outcome>(() => {
      const orphan = this.orphanOf(identity, session);
      if (orphan) return adopt(orphan, session);
      return this.commit(this.draft({ session, typeName, type, planned, world, identity }));
    });
    return outcome.object ? { object: this.observed(outcome.object, session, type) } : outcome;
  }

  update(session: Session, type: TypeFacts, key: string, planned: Fields): Outcome {
    const outcome = this.cloud.transact<Outcome>(() => {
      const before = this.cloud.objects.get(key);
      if (!before)
        return { result: { errors: [{ summary: `${key.split('|')[0]} "${key.split('|')[2]}" not found` }] } };
      const context = this.contextOf(session, before);
      const { fields } = make(
        { typeName: before.type, type, resource: this.world.resource(before.type), context },
        planned,
        before.id,
      );
      return this.commit({ object: { ...before, attributes: fields, isKnown: true }, context, before });
    });
    if (!outcome.object) return outcome;
    const observed = this.observed(outcome.object, session, type);
    return { object: { ...observed, attributes: asPlanned(observed.attributes, planned) } };
  }

  /** Deleting what is gone already succeeds, as with every real provider. */
  remove(session: Session, key: string): Outcome {
    return this.cloud.transact<Outcome>(() => {
      const object = this.cloud.objects.get(key);
      if (!object) return { result: {} };
      const errors = this.checks.deletion(object, this.contextOf(session, object));
      if (errors.length) return { result: { errors } };
      const made = this.cloud.objects.madeFor(key).map((effect) => effect.key);
      return { result: { object }, entry: { drop: [key, ...made] } };
    });
  }

  /** The object as it is now, with what other objects have changed about it. */
  read(session: Session, type: TypeFacts, key: string): CloudObject | undefined {
    const object = this.cloud.refresh().objects.get(key);
    if (object && !object.isKnown) this.cloud.transact(() => ({ result: undefined, entry: { known: [key] } }));
    return object && { ...object, attributes: this.observe(object, session, type) };
  }

  /** Somebody's state holds it: nobody adopts it any more. */
  acknowledge(key: string): void {
    const object = this.cloud.objects.get(key);
    if (object && !object.isKnown) this.cloud.transact(() => ({ result: undefined, entry: { known: [key] } }));
  }

  /** Why a data source cannot be read: a prerequisite that is withheld. */
  obstacles(self: View, context: Context): readonly SimulatedError[] {
    return this.checks.prerequisites({ self, context });
  }

  contextOf(session: Session, object: CloudObject): Context {
    return new Context(this.cloud, this.world, session, seedOf(object.identity, object.generation), viewOf(object));
  }

  private draft(order: Order): Draft {
    const { session, typeName, world, identity } = order;
    const first = this.cloud.nextGeneration(identity);
    let previous: string | undefined;
    for (let generation = first; ; generation++) {
      const context = new Context(this.cloud, this.world, session, seedOf(identity, generation));
      const making = { typeName, type: order.type, resource: this.world.resource(typeName), context };
      const { id, fields } = make(making, order.planned);
      const key = keyOf(typeName, world, id);
      const other = this.cloud.objects.get(key);
      if (!other || id === previous || generation - first > MOST_GENERATIONS) {
        return { object: newObject({ key, id, generation, order, fields }), context, taken: other };
      }
      previous = id;
    }
  }

  private commit({ object, context, before, taken }: Draft): { readonly result: Outcome; readonly entry?: Entry } {
    const self = viewOf(object);
    const candidate: Candidate = { self, fields: object.attributes, context, key: before?.key ?? '', before };
    const errors = this.checks.errors(candidate);
    if (errors.length) return { result: { errors } };
    if (taken) return { result: { errors: [this.checks.claims.takenId(candidate, taken)] } };
    const { attributes } = object;
    const kept: CloudObject = {
      ...object,
      attributes: toJson(attributes) as Fields,
      claims: this.checks.claims.of(candidate),
      holds: this.checks.references.holds(self, attributes),
      uses: this.checks.quotas.of(self, context),
    };
    const made = effectsOf(kept, self, context, this.world);
    const stale = this.cloud.objects.madeFor(kept.key).filter(({ key }) => !made.some((effect) => effect.key === key));
    return { result: { object: kept }, entry: { drop: stale.map(({ key }) => key), put: [kept, ...made] } };
  }

  /** Keeps what the object's own making has changed about itself: members of a new group. */
  private observed(object: CloudObject, session: Session, type: TypeFacts): CloudObject {
    const attributes = this.observe(object, session, type);
    if (!equal(attributes, fromJson(object.attributes))) {
      this.cloud.transact(() => {
        const now = this.cloud.objects.get(object.key);
        return { result: undefined, entry: now && { put: [{ ...now, attributes: toJson(attributes) as Fields }] } };
      });
    }
    return { ...object, attributes };
  }

  private observe(object: CloudObject, session: Session, type: TypeFacts): Fields {
    return observe(object, this.world.resource(object.type), type, this.contextOf(session, object));
  }

  /**
   * An equal object that the same stack made in a run that ended before the answer was kept: no state has ever named it.
   * Without this a deploy that was killed between the cloud's commit and Terraform's write would find its own object "already there".
   */
  private orphanOf(identity: string, session: Session): CloudObject | undefined {
    return this.cloud.objects.ofIdentity(identity).find((object) => {
      return (
        object.origin === 'terraform' &&
        !object.isKnown &&
        object.owner === session.owner &&
        !this.isOpen(object.session)
      );
    });
  }
}

interface Order {
  readonly session: Session;
  readonly typeName: string;
  readonly type: TypeFacts;
  readonly planned: Fields;
  readonly world: string;
  readonly identity: string;
}

interface Draft {
  readonly object: CloudObject;
  readonly context: Context;
  readonly before?: CloudObject;
  readonly taken?: CloudObject | undefined;
}

function adopt(orphan: CloudObject, session: Session): { readonly result: Outcome; readonly entry: Entry } {
  const object = { ...orphan, session: session.id };
  return { result: { object }, entry: { put: [object] } };
}

interface Parts {
  readonly key: string;
  readonly id: string;
  readonly generation: number;
  readonly order: Order;
  readonly fields: Fields;
}

function newObject({ key, id, generation, order, fields }: Parts): CloudObject {
  const { typeName: type, world, identity, session } = order;
  const { scope, owner } = session;
  const place = { key, type, world, id, scope, attributes: fields, identity, generation };
  return { ...place, owner, session: session.id, isKnown: false, origin: 'terraform', claims: [], holds: [], uses: {} };
}

function seedOf(identity: string, generation: number): string {
  return `${identity}/${generation}`;
}
