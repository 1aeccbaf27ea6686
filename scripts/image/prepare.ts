import type { Platform } from '../../stacks/platform/platform';
import type { CliContext } from '../cli/context';
import { loadTopology } from '../topology/load';
import { loadImages } from './load';
import { type Builder, type SelectedImage, selectBuilders, selectImages } from './selection';
import { parseInputs, refuseUnknownInputs, stageFromDisk } from './stage';
import { sourcesFor } from './sources';
import type { BuilderSource } from '../../images/kit/linux-template';
import type { StagedImage } from '../../images/kit/staging';

/** What `render`, `validate` and `build` have in common. */
export interface PrepareOptions {
  readonly images: readonly string[];
  readonly all?: boolean;
  readonly arch?: readonly string[];
  readonly builder?: readonly string[];
  readonly topology: string;
  readonly input?: readonly string[];
}

export interface PreparedImage extends SelectedImage {
  readonly staged: StagedImage;
  readonly sources: readonly BuilderSource[];
}

/** Images as the command names them, read from disk, with the places where they are built for the topology. */
export async function prepareImages(options: PrepareOptions, context: CliContext): Promise<PreparedImage[]> {
  const descriptions = await loadImages(context.root);
  const selected = selectImages(descriptions, options);
  const wanted = selectBuilders(options.builder);
  const inputs = parseInputs(options.input ?? []);
  refuseUnknownInputs(selected, inputs);
  const platform = await platformFor(wanted, options.topology, context);
  return selected.map((one) => {
    const staged = stageFromDisk(one, inputs, context);
    return { ...one, staged, sources: sourcesFor(staged, platform, wanted) };
  });
}

/** A topology says where clouds build; QEMU needs none. */
async function platformFor(
  wanted: readonly Builder[],
  topology: string,
  context: CliContext,
): Promise<Pick<Platform, 'places'>> {
  return wanted.every((builder) => builder === 'qemu') ? { places: {} } : loadTopology(topology, context);
}
