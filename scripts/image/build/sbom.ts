import { createHash } from 'node:crypto';
import { version as ownVersion } from '../../../package.json';
import type { ContentEntry, Manifest } from './manifest';

/**
 * The list of contents for tools that look for vulnerable software: CycloneDX 1.6 (ECMA-424). No clock and no chance in it:
 * the same image has the same list.
 */
export function renderSbom(manifest: Pick<Manifest, 'name' | 'image' | 'contentId' | 'packages'>): object {
  const { name, image, contentId, packages } = manifest;
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${uuidOf(name)}`,
    version: 1,
    metadata: {
      tools: { components: [{ type: 'application', name: 'watari', version: ownVersion }] },
      component: { type: 'operating-system', 'bom-ref': name, name: image, version: contentId },
    },
    components: packages.map(componentOf),
  };
}

/** RFC 9562, section 5.8: version 8, whose bits the maker chooses; here a hash of the name. */
function uuidOf(name: string): string {
  const bytes = createHash('sha256').update(name).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function componentOf(entry: ContentEntry): object {
  const { kind, name, version, license, sha256 } = entry;
  const purl = purlOf(entry);
  return {
    type: kind === 'deb' ? 'library' : 'application',
    'bom-ref': purl,
    name,
    ...(version ? { version } : {}),
    ...(license ? { licenses: [{ license: { id: license } }] } : {}),
    ...(sha256 ? { hashes: [{ alg: 'SHA-256', content: sha256 }] } : {}),
    purl,
    ...(entry.source ? { properties: [{ name: 'watari:debian:source', value: entry.source }] } : {}),
  };
}

/** https://github.com/package-url/purl-spec; the namespace is the distribution, as vulnerability scanners expect it. */
function purlOf({ kind, name, version, architecture }: ContentEntry): string {
  const at = [name, version].filter(Boolean).map(encodeURIComponent).join('@');
  if (kind !== 'deb') return `pkg:generic/${at}`;
  return `pkg:deb/debian/${at}?arch=${architecture ?? 'all'}&distro=debian-12`;
}
