import { join } from 'node:path';
import { imageName } from '../../constructs/contract/image';
import { refuse } from '../../constructs/contract/problem';
import type { StagedImage } from '../../images/kit/staging';
import type { CliContext } from '../cli/context';
import { type Manifest } from './build/manifest';
import { keptManifest, resultFolder } from './build/unit';
import { loadImages } from './load';
import { hostArchitecture } from './accelerator';
import { selectImages } from './selection';
import { parseInputs, stageFromDisk } from './stage';

export interface StoredDiskOptions {
  /** @default the one that this machine runs */
  readonly arch?: string;
  readonly input?: readonly string[];
}

/** An image of this checkout as it was built here, as a disk that boots. */
export interface StoredDisk {
  readonly staged: StagedImage;
  readonly manifest: Manifest;
  readonly file: string;
  readonly format: 'qcow2' | 'raw';
}

/** @throws ProblemsError where the image, as it is described now, was not built here */
export async function storedDisk(image: string, options: StoredDiskOptions, context: CliContext): Promise<StoredDisk> {
  const descriptions = await loadImages(context.root);
  const arch = options.arch ?? hostArchitecture() ?? 'amd64';
  const inputs = parseInputs(options.input ?? []);
  const all = selectImages(descriptions, { images: [image], arch: [arch] }).map((one) =>
    stageFromDisk(one, inputs, context),
  );
  for (const staged of all.reverse()) {
    for (const format of ['qcow2', 'raw'] as const) {
      const name = imageName({ role: image, variant: staged.variant, contentId: staged.contentId });
      const manifest = keptManifest({ name, kind: format }, context);
      const file = join(resultFolder({ name, kind: format }, context), `${name}.${format}`);
      if (manifest) return { staged, manifest, file, format };
    }
  }
  const value = all.map(({ variant, contentId }) => `${variant}: ${contentId}`).join(', ');
  const fix = `Build it: npx watari image build ${image} --builder qemu${options.arch ? ` --arch ${options.arch}` : ''}`;
  return refuse([{ path: image, message: 'was not built here as it is described now', value, fix }]) as never;
}
