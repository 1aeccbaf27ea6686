import type { Construct } from 'constructs';
import type { Handles, Site } from '../../contract/site';
import { buildInventory, subnetNames } from './inventory';
import { metalSite } from './settings';
import { buildSwitches } from './switches';

/** VLANs, gateways, ports and routing on both switches; subnets, ranges and tags in MAAS. */
export function network(scope: Construct, site: Site): Handles {
  buildSwitches(scope, metalSite(site));
  const { fabric, subnets } = buildInventory(scope, metalSite(site));
  return { fabric, ...Object.fromEntries(Object.entries(subnets).map(([name, id]) => [subnetKey(name), id])) };
}

export function networkHandles(site: Site): readonly string[] {
  return ['fabric', ...subnetNames(metalSite(site)).map(subnetKey)];
}

const subnetKey = (name: string): string => `subnet-${name}`;
