import type { Half, Site } from '../../contract/site';
import { boundedName } from '../../util/names';
import { gcpSite } from './settings';

/** RFC 1035 label, https://cloud.google.com/compute/docs/naming-resources, read 2026-11-20. */
export const nameLength = 63;

/** A name in the site's project: letters, digits and hyphens, a letter first. */
export function nameOf(site: Site, parts: readonly string[], maxLength = nameLength): string {
  return labelled([site.platform, site.id, ...parts], maxLength);
}

function labelled(parts: readonly string[], maxLength: number): string {
  const name = boundedName(parts, { maxLength });
  return /^[a-z]/.test(name) ? name : boundedName(['w', ...parts], { maxLength });
}

/** Id of a service account, 6 to 30 characters: https://cloud.google.com/iam/docs/service-accounts-create, read 2026-11-20. */
export function accountId(site: Site): string {
  return nameOf(site, ['machines'], 30);
}

/** Network tag of all machines of a role: what firewall rules point at. */
export function roleTag(site: Site, role: string): string {
  return nameOf(site, [role]);
}

export function publicTag(site: Site): string {
  return nameOf(site, ['public']);
}

export function zoneOf(site: Site, half: Half): string {
  const [a, b] = gcpSite(site).settings.zones;
  return half === 'a' ? a : b;
}

/** The site's labels and what the object itself is. */
export function labelsOf(site: Site, more: Readonly<Record<string, string>> = {}): Record<string, string> {
  return { ...site.labels, ...more };
}
