import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sha256Of } from './hash-file';
import { type Manifest, parseContents } from './manifest';
import { readArtifacts } from './provider';
import { renderSbom } from './sbom';

export type ManifestDraft = Omit<Manifest, 'files' | 'packages' | 'artifacts'>;

/** What Packer leaves in its folder about a build. */
function readContents(work: string): Manifest['packages'] {
  const file = join(work, 'manifest.tsv');
  return existsSync(file) ? parseContents(readFileSync(file, 'utf8')) : [];
}

/**
 * Writes list of contents, manifest and checksums beside the files of an image.
 * @param names of the image's own files in the folder
 */
export async function describeResult(
  folder: string,
  names: readonly string[],
  draft: ManifestDraft,
  work: string,
): Promise<Manifest> {
  const packages = readContents(work);
  const sbom = renderSbom({ ...draft, packages });
  writeFileSync(join(folder, 'sbom.cdx.json'), `${JSON.stringify(sbom, null, 2)}\n`);
  const files = await Promise.all(
    [...names, 'sbom.cdx.json'].map(async (name) => ({
      name,
      bytes: statSync(join(folder, name)).size,
      sha256: await sha256Of(join(folder, name)),
    })),
  );
  const artifacts = draft.builder === 'qemu' ? undefined : readArtifacts(work);
  const manifest: Manifest = { ...draft, packages, ...(artifacts ? { artifacts } : {}), files };
  writeFileSync(join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  const all = [...files, { name: 'manifest.json', sha256: await sha256Of(join(folder, 'manifest.json')) }];
  writeFileSync(join(folder, 'SHA256SUMS'), all.map(({ name, sha256 }) => `${sha256}  ${name}\n`).join(''));
  return manifest;
}

/** Puts a complete result in its place: what is found there is whole, whenever somebody looks. */
export function keepResult(folder: string, place: string): void {
  mkdirSync(dirname(place), { recursive: true });
  const former = `${folder}.former`;
  rmSync(former, { recursive: true, force: true });
  if (existsSync(place)) renameSync(place, former);
  renameSync(folder, place);
  rmSync(former, { recursive: true, force: true });
}
