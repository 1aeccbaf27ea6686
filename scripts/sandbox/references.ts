import type { SimulatedError, SimulatedReference } from '../../constructs/contract/simulation';
import { textsOf, type Candidate } from './candidate';
import type { Cloud } from './cloud';
import type { Context } from './context';
import { errorOf } from './errors';
import { holdOf, keyOf, type CloudObject } from './objects';
import { textsAt } from './paths';
import type { Fields } from './values';
import { viewOf, type View } from './view';
import { targetsOf, type World } from './world';

/** One value of an argument that names another object. */
interface Found {
  readonly path: string;
  readonly value: string;
  readonly reference: SimulatedReference;
  /** What the other object's attribute must hold. */
  readonly target: string;
}

interface Holder {
  readonly holder: CloudObject;
  readonly reference: SimulatedReference | undefined;
}

/** Objects that name others: what they name must be there, and cannot go while they do. */
export class References {
  constructor(
    private readonly cloud: Cloud,
    private readonly world: World,
  ) {}

  /** An update is only asked about what it changes: what vanished meanwhile is not its fault. */
  missing({ self, fields, context, before }: Candidate): readonly SimulatedError[] {
    return this.of(self, fields)
      .filter(({ path, value }) => !before || !textsAt(before.attributes, path).includes(value))
      .filter(({ reference, target }) => !this.exists(reference, target, self))
      .map(({ path, value, reference }) => {
        const subject = { self, context, attribute: path, value, wanted: targetsOf(reference.to)[0] ?? '' };
        return errorOf('missing', subject, reference.missing, textsOf(this.world, self.type).missing);
      });
  }

  /** Keys by which the objects are found that this one refers to and holds. */
  holds(self: View, fields: Fields): readonly string[] {
    const holding = this.of(self, fields).filter(({ reference }) => reference.holds !== false);
    return holding.flatMap(({ reference: { to, by = 'id' }, target }) =>
      targetsOf(to).map((type) => holdOf(type, this.world.worldOf(type, self.scope), by, target)),
    );
  }

  /** Why an object cannot be deleted: the first one that still names it. */
  inUse(object: CloudObject, context: Context): readonly SimulatedError[] {
    const holders = this.world.referredBy(object.type).flatMap((by) => this.holderOf(object, by) ?? []);
    return holders.slice(0, 1).map(({ holder, reference }) => {
      const self = viewOf(object);
      const subject = { self, context, attribute: '', value: object.id, other: viewOf(holder) };
      return errorOf('inUse', subject, reference?.inUse, textsOf(this.world, object.type).inUse);
    });
  }

  private of(self: View, fields: Fields): readonly Found[] {
    return Object.entries(this.world.resource(self.type).references ?? {}).flatMap(([path, reference]) =>
      textsAt(fields, path).flatMap((value) => {
        const target = reference.value ? reference.value(value, self) : value;
        return target ? [{ path, value, reference, target }] : [];
      }),
    );
  }

  private exists({ to, by = 'id' }: SimulatedReference, target: string, self: View): boolean {
    return targetsOf(to).some((type) => {
      const world = this.world.worldOf(type, self.scope);
      if (by === 'id' && this.cloud.objects.get(keyOf(type, world, target))) return true;
      return this.cloud.objects.byText(type, by, target).some((object) => object.world === world);
    });
  }

  private holderOf(object: CloudObject, by: string): Holder | undefined {
    const value = by === 'id' ? object.id : textsAt(object.attributes, by)[0];
    if (value === undefined) return undefined;
    const holder = this.cloud.objects.holder(holdOf(object.type, object.world, by, value), object.key);
    if (!holder) return undefined;
    const references = Object.values(this.world.resource(holder.type).references ?? {});
    const reference = references.find(({ to, by: name = 'id' }) => name === by && targetsOf(to).includes(object.type));
    return { holder, reference };
  }
}
