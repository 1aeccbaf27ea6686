import { inventory } from '../../stacks/inventory';
import type { Platform } from '../../stacks/platform/platform';
import type { ShownView } from './view';

/** Every machine and fleet with its planned address and the provider's machine type. */
export function machines(platform: Platform): ShownView {
  const rows = inventory(platform).map(
    ({ site, name, role, half, address = 'by the provider', machineType, min, max, stack }) => ({
      sites: [site],
      cells: {
        site,
        machine: name,
        role,
        half,
        address,
        type: machineType,
        count: min === max ? `${min}` : `${min} to ${max}`,
        stack,
      },
    }),
  );
  return {
    title: 'Machines',
    columns: ['site', 'machine', 'role', 'half', 'address', 'type', 'count', 'stack'],
    rows,
  };
}
