import type { SimulatedError, SimulatedQuota } from '../../constructs/contract/simulation';
import { placeOf, textsOf, type Candidate } from './candidate';
import type { Cloud } from './cloud';
import type { Context } from './context';
import { errorOf } from './errors';
import type { View } from './view';
import type { World } from './world';

interface Use {
  readonly quota: SimulatedQuota;
  /** The quota in one place: `CPUS|live|asia-northeast1`. */
  readonly scope: string;
  readonly amount: number;
}

/** Bounds on how much may exist in a place. */
export class Quotas {
  constructor(
    private readonly cloud: Cloud,
    private readonly world: World,
  ) {}

  /** A bound that is set for one place counts more than one for all, and that more than the provider's own. */
  exceeded({ self, context, before }: Candidate): readonly SimulatedError[] {
    return this.usesOf(self, context).flatMap(({ quota, scope, amount }) => {
      const { quotas } = this.cloud.settings;
      const limit = quotas[scope] ?? quotas[quota.id] ?? quota.limit;
      const own = before?.uses[scope] ?? 0;
      const usage = this.cloud.objects.used(scope) - own + amount;
      if (usage <= limit || amount <= own) return [];
      const subject = { self, context, attribute: '', value: '', wanted: quota.id, limit, usage };
      return [errorOf('quota', subject, quota.exceeded, textsOf(this.world, self.type).quota)];
    });
  }

  /** What the object uses of each quota of its place. */
  of(self: View, context: Context): Readonly<Record<string, number>> {
    return Object.fromEntries(this.usesOf(self, context).map(({ scope, amount }) => [scope, amount]));
  }

  private usesOf(self: View, context: Context): readonly Use[] {
    return (this.world.simulationOf(self.type)?.quotas ?? []).flatMap((quota) => {
      const amount = quota.use[self.type]?.(self, context) ?? 0;
      const scope = [quota.id, ...quota.within.map((name) => placeOf(self, name))].join('|');
      return amount > 0 ? [{ quota, scope, amount }] : [];
    });
  }
}
