import type { DescribedBalancer, DescribedDevice } from '../../stacks/description/description';
import type { InventoryEntry } from '../../stacks/inventory';
import { deviceDetails, machineDetails } from './details';
import { type ChangeMarks, type MarkDetail, keys } from './marks';
import type { BoxKind, Detail } from './placed';

/** One machine, device or elastic fleet: the smallest thing that is drawn. */
export interface Cell {
  readonly id: string;
  readonly kind: BoxKind;
  readonly text: string;
  readonly label: string;
  readonly half: 'a' | 'b' | 'all';
  readonly details: readonly Detail[];
  readonly mark?: MarkDetail | undefined;
}

export function machineCell(machine: InventoryEntry, marks: ChangeMarks): Cell {
  const key = keys.machine(machine);
  return {
    ...{ id: `machine:${key}`, kind: 'machine', half: machine.half, mark: marks.machines[key] },
    text: shortName(machine),
    label: `${machine.name} at ${machine.site}`,
    details: machineDetails(machine),
  };
}

/** A pair of devices may serve several balancers, each time as a box of its own. */
export function deviceCell(device: DescribedDevice, marks: ChangeMarks, use: string): Cell {
  const key = keys.device(device);
  return {
    ...{ id: `device:${key}${use}`, kind: 'device', text: device.id, half: device.half, mark: marks.devices[key] },
    label: `${device.id} at ${device.site}`,
    details: deviceDetails(device),
  };
}

function shortName({ name, role, half, system, shard, peer, min, max, machineType }: InventoryEntry): string {
  if (half === 'all') return `${min === max ? min : `${min} to ${max}`} × ${machineType}`;
  if (shard !== undefined) return shard;
  if (peer !== undefined) return peer;
  const withoutSystem = system !== undefined && name.startsWith(`${system}-`) ? name.slice(system.length + 1) : name;
  return withoutSystem.startsWith(`${role}-`) ? withoutSystem.slice(role.length + 1) : withoutSystem;
}

/** Where a provider shows no machine of its balancer. */
export function nativeCell({ site, stack }: DescribedBalancer, key: string): Cell {
  return {
    ...{ id: `native:${key}`, kind: 'device', text: 'load balancer of the provider', half: 'all' },
    label: `load balancer of the provider at ${site}`,
    details: [
      ['site', site],
      ['stack', stack],
    ],
  };
}
