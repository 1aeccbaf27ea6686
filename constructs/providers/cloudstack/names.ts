import type { Site } from '../../contract/site';
import type { Tier } from '../../contract/plan';
import { boundedName } from '../../util/names';

/** A host name is a DNS label (RFC 1035, 2.3.4); every other name of CloudStack is longer. */
export const nameLength = 63;

export function nameOf(site: Site, ...parts: readonly string[]): string {
  return boundedName([site.platform, site.id, ...parts], { maxLength: nameLength });
}

export function tagsOf(site: Site): Record<string, string> {
  return { ...site.labels };
}

export type OfferingUse = 'a' | 'b' | 'elastic';

export const networkKey = (tier: Tier): string => `network-${tier}`;
export const aclKey = (tier: Tier): string => `acl-${tier}`;
export const vpcKey = 'vpc';
export const offeringKey = (type: string, use: OfferingUse): string =>
  `offering-${type.toLowerCase().replaceAll('.', '-')}-${use}`;

/** @throws Error when another stack was deployed without the handle */
export function handle(handles: Readonly<Record<string, string>>, key: string): string {
  const value = handles[key];
  if (value === undefined) throw new Error(`The network of the site gives no handle ${key}`);
  return value;
}
