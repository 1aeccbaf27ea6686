import type { ProviderSimulation } from '../../constructs/contract/simulation';
import type { Cloud } from './cloud';
import { listObjects } from './control';
import { textsAt } from './paths';

/** Whether a machine exists that answers at an address; a record, a pool member or a rule with it is none. */
export function hasMachine(cloud: Cloud, simulations: readonly ProviderSimulation[], address: string): boolean {
  const paths = simulations.flatMap(({ resources }) =>
    Object.entries(resources).map(([type, { machineAddresses = [] }]) => [type, machineAddresses] as const),
  );
  return paths.some(
    ([type, own]) =>
      own.length > 0 &&
      listObjects(cloud, { type }).some(({ attributes }) =>
        own.some((path) => textsAt(attributes, path).includes(address)),
      ),
  );
}
