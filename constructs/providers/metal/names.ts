import type { Site } from '../../contract/site';
import { sortedEntries } from '../../util/group';
import { boundedName } from '../../util/names';

/** Characters of a BIG-IP object's name below its partition; the whole path may have 255. */
const bigipNameLength = 200;
/** Characters of a Junos description: `junos_vlan.description` takes 900. */
const descriptionLength = 900;
/** Characters of a Junos VLAN's name: 64. */
const vlanNameLength = 64;

/** Full path of a BIG-IP object: config-sync and save cover all of /Common. */
export function bigipName(...parts: readonly string[]): string {
  return `/Common/${boundedName(parts, { maxLength: bigipNameLength })}`;
}

export function junosName(...parts: readonly string[]): string {
  return boundedName(parts, { maxLength: vlanNameLength });
}

/** Devices have no labels: owner and cost go where people look for them. */
export function description(site: Site, what: string): string {
  const labels = sortedEntries(site.labels).map(([key, value]) => `${key}=${value}`);
  return [what, ...labels].join(' ').slice(0, descriptionLength);
}
