import { type ImageReference, imagePrerequisites } from '../../contract/image';
import { halves, type Site } from '../../contract/site';
import type { SimulatedSeed } from '../../contract/simulation';
import { stableHash } from '../../util/hash';
import { bootResource } from './image';
import { type MetalSite, metalSite } from './settings';
import { bootResourceType } from './simulation/maas';
import { machineType } from './simulation/maas-allocation';

const systemIdLength = 6;

/** What is there before anybody deploys: images in MAAS, and of what the settings tell the machines in the racks and each switch's model. */
export function seeds(anySite: Site, images: readonly ImageReference[]): readonly SimulatedSeed[] {
  const site = metalSite(anySite);
  const hostnames = Object.keys(site.settings.machines).sort();
  return [
    ...hostnames.flatMap((hostname) => machineSeed(site, hostname)),
    ...halves.map((half) => switchSeed(site, half)),
    ...images.map((image) => imageSeed(site, image)),
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

/** MAAS numbers what people upload. */
function imageSeed({ settings }: MetalSite, image: ImageReference): SimulatedSeed {
  const { url } = settings.maas;
  const name = bootResource(image);
  const id = String(parseInt(stableHash(`${url} ${name}`, 6), 16));
  return { prerequisites: imagePrerequisites(image), type: bootResourceType, id, attributes: { name }, scope: { url } };
}

function switchSeed({ settings }: MetalSite, half: 'a' | 'b'): SimulatedSeed {
  const { address, model } = settings.switches[half];
  return { type: 'junos_device', id: address, attributes: { address, model } };
}
