import type { SimulatedSeed } from '../../constructs/contract/simulation';
import type { Cloud } from './cloud';
import { keyOf, type CloudObject } from './objects';
import { hash } from './stable';
import { canonical, toJson, type Fields } from './values';
import { fieldsFrom } from './view';
import type { World } from './world';

/** Puts into the cloud what is there before anybody deploys. What was removed on purpose is not put back. */
export function plantSeeds(cloud: Cloud, world: World, more: readonly SimulatedSeed[] = []): void {
  const seeds = [...world.simulations.flatMap((simulation) => simulation.seeds ?? []), ...more];
  const due = seeds
    .map((seed) => objectOf(seed, world))
    .filter((object) => cloud.seedOf(object.key) !== object.identity);
  if (due.length) cloud.transact(() => ({ result: undefined, entry: { put: due } }));
}

function objectOf({ type, id, attributes, scope = {}, prerequisites }: SimulatedSeed, world: World): CloudObject {
  const place = world.worldOf(type, scope);
  const fields = toJson({ id, ...fieldsFrom(attributes) }) as Fields;
  return {
    ...{ key: keyOf(type, place, id), type, world: place, id, scope, attributes: fields },
    ...{
      identity: `seed ${hash(type, place, id, canonical(fields))}`,
      generation: 0,
      owner: '',
      session: '',
      isKnown: true,
    },
    ...{ origin: 'seed', claims: [], holds: [], uses: {} },
    ...(prerequisites ? { prerequisites } : {}),
  };
}
