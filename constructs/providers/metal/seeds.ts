import { halves, type Site } from '../../contract/site';
import type { SimulatedSeed } from '../../contract/simulation';
import { stableHash } from '../../util/hash';
import { type MetalSite, metalSite } from './settings';
import { machineType } from './simulation/maas-allocation';

const systemIdLength = 6;

/** What stands in the racks before anybody deploys, as the settings tell of it: machines in MAAS, and each switch's model. */
export function seeds(anySite: Site): readonly SimulatedSeed[] {
  const site = metalSite(anySite);
  const hostnames = Object.keys(site.settings.machines).sort();
  return [
    ...hostnames.flatMap((hostname) => machineSeed(site, hostname)),
    ...halves.map((half) => switchSeed(site, half)),
  ];
}

/** Nothing where the machine's type is not described: `check` says so. */
function machineSeed({ settings }: MetalSite, hostname: string): SimulatedSeed[] {
  const machine = settings.machines[hostname];
  const type = machine && settings.machineTypes[machine.type];
  if (!machine || !type) return [];
  const { url, zones, pool = 'default' } = settings.maas;
  const attributes = {
    hostname,
    zone: zones[machine.rack],
    pool,
    cpu_count: type.vcpu,
    memory: type.memoryGiB * 1024,
  };
  return [{ type: machineType, id: stableHash(`${url} ${hostname}`, systemIdLength), attributes, scope: { url } }];
}

function switchSeed({ settings }: MetalSite, half: 'a' | 'b'): SimulatedSeed {
  const { address, model } = settings.switches[half];
  return { type: 'junos_device', id: address, attributes: { address, model } };
}
