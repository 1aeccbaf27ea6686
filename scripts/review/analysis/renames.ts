import type { Move } from '../engine/plan-stack';
import type { PlanFile } from '../plan/plan-file';
import { type Likenesses, type Pair, likenesses } from './likeness';
import type { Subject } from './subject';

/** What Terraform says of a suspected rename once it is told of it. */
export interface Rename extends Pair {
  /** `empty`: nothing is left to do. `unproven`: nobody could ask. */
  readonly proof: 'empty' | 'in-place' | 'unproven';
}

export interface Renames extends Pick<Likenesses, 'ambiguous'> {
  readonly renames: readonly Rename[];
}

/**
 * Things within one stack that go under one address and come under another.
 * @param planWithMoves asks Terraform what is left to do with `moved` blocks; what is replaced all the same was no rename
 */
export async function renamesIn(
  subjects: readonly Subject[],
  planWithMoves?: (moves: readonly Move[]) => Promise<PlanFile>,
): Promise<Renames> {
  const going = subjects.filter(({ action }) => action === 'delete');
  const coming = subjects.filter(({ action }) => action === 'create');
  const { pairs, ambiguous } = likenesses(going, coming);
  if (pairs.length === 0) return { renames: [], ambiguous };
  if (!planWithMoves) return { renames: pairs.map((pair) => ({ ...pair, proof: 'unproven' })), ambiguous };
  const plan = await planWithMoves(pairs.map(({ from, to }) => ({ from: from.address, to: to.address })));
  const actions = new Map((plan.resource_changes ?? []).map(({ address, change }) => [address, change.actions]));
  return {
    ambiguous,
    renames: pairs.flatMap((pair) => {
      const left = actions.get(pair.to.address) ?? [];
      if (left.includes('create') || left.includes('delete')) return [];
      return [{ ...pair, proof: left.includes('update') ? 'in-place' : 'empty' }];
    }),
  };
}
