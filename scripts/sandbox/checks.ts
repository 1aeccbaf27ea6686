import type { SimulatedError } from '../../constructs/contract/simulation';
import type { Candidate } from './candidate';
import { Claims } from './claims';
import type { Cloud } from './cloud';
import type { Context } from './context';
import { covers, type CloudObject } from './objects';
import { Quotas } from './quotas';
import { References } from './references';
import { viewOf } from './view';
import type { World } from './world';

type Check = (candidate: Candidate) => readonly SimulatedError[];

/** The rules of the cloud, in the provider's wording. */
export class Checks {
  readonly claims: Claims;
  readonly references: References;
  readonly quotas: Quotas;
  private readonly inOrder: readonly Check[];

  constructor(
    private readonly cloud: Cloud,
    private readonly world: World,
  ) {
    this.claims = new Claims(cloud, world);
    this.references = new References(cloud, world);
    this.quotas = new Quotas(cloud, world);
    this.inOrder = [
      (candidate) => this.prerequisites(candidate),
      (candidate) => this.references.missing(candidate),
      (candidate) => this.claims.takenNames(candidate),
      (candidate) => this.claims.wrongAddresses(candidate),
      (candidate) => this.quotas.exceeded(candidate),
      ({ self, context }) => this.world.resource(self.type).check?.(self, context) ?? [],
    ];
  }

  /** The first kind of error that the real API would find. */
  errors(candidate: Candidate): readonly SimulatedError[] {
    for (const check of this.inOrder) {
      const errors = check(candidate);
      if (errors.length) return errors;
    }
    return [];
  }

  prerequisites({ self, context }: Pick<Candidate, 'self' | 'context'>): readonly SimulatedError[] {
    const { withheld } = this.cloud.settings;
    if (withheld.length === 0) return [];
    const all = this.world.simulations.flatMap((simulation) => simulation.prerequisites ?? []);
    const concerned = all.filter(({ id, types }) => withheld.includes(id) && covers(types, self.type));
    const missing = concerned.find(({ when }) => when?.(self, context) ?? true);
    return missing ? [missing.error(self, context)] : [];
  }

  /** Why an object cannot be deleted. */
  deletion(object: CloudObject, context: Context): readonly SimulatedError[] {
    const errors = this.world.resource(object.type).checkDelete?.(viewOf(object), context) ?? [];
    return errors.length ? errors : this.references.inUse(object, context);
  }
}
