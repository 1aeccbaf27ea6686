import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BuilderSource } from '../../../images/kit/linux-template';
import type { Grace } from './child';
import type { Manifest } from './manifest';

/** Whether the image is made at a provider, and stays there. */
export const isCloud = ({ type }: Pick<BuilderSource, 'type'>): boolean => type !== 'qemu';

/** Stopping a machine, and removing it with its disks, keys and half-made images, is minutes of calls to a provider. */
const cleaningMinutes = 10;

/** What Packer gets before force: without it, machines would go on at the provider, and on its bill. */
export function cloudGrace(title: string, say: (text: string) => void): Grace {
  return {
    milliseconds: cleaningMinutes * 60_000,
    onWait: () =>
      say(
        `${title}: Packer removes its machine and what is half-made at the provider; it has ${cleaningMinutes} minutes.`,
      ),
    onForce: () =>
      say(
        `${title}: Packer has not ended in ${cleaningMinutes} minutes. Look for its machine at the provider by hand.`,
      ),
  };
}

/** Ids at a cloud, as its builder reports them: `ap-northeast-1:ami-...` for Amazon, names elsewhere. */
export function readArtifacts(work: string): readonly string[] {
  const file = join(work, 'packer-manifest.json');
  if (!existsSync(file)) return [];
  const { builds } = JSON.parse(readFileSync(file, 'utf8')) as { builds: readonly { artifact_id?: string }[] };
  return builds.flatMap(({ artifact_id: id }) => (id ? id.split(',') : []));
}

/** What has to be done about images of a build that failed behind Packer's back: look-ups by name find them. */
export function describeLeft(ids: readonly string[]): string {
  return (
    `It exists at the provider all the same, where plans would find it by its name: ${ids.join(', ')}. ` +
    'It must be removed there by hand.'
  );
}

/**
 * Where a source asks for an image and no build of it has left one, as far as the manifest tells: regions of Amazon, or
 * the one place of other providers, by the name of the source.
 */
export function missingPlaces(
  { type, name, body }: BuilderSource,
  { artifacts = [] }: Pick<Manifest, 'artifacts'>,
): readonly string[] {
  if (type !== 'amazon-ebs') return artifacts.length > 0 ? [] : [name];
  const regions = [body['region'], ...((body['ami_regions'] as readonly string[] | undefined) ?? [])] as string[];
  return regions.filter((region) => !artifacts.some((id) => id.startsWith(`${region}:`)));
}
