import type { Platform } from '../../stacks/platform/platform';
import { type Problem, refuse } from '../../constructs/contract/problem';
import type { CliContext } from '../cli/context';
import { note } from '../cli/output';
import { loadTopology } from '../topology/load';
import { loadImages } from './load';
import { type Builder, type SelectedImage, type SelectionOptions, selectBuilders, selectImages } from './selection';
import { parseInputs, refuseUnknownInputs, stageFromDisk } from './stage';
import { buildPlaces } from './sources';
import type { BuilderSource } from '../../images/kit/linux-template';
import type { StagedImage } from '../../images/kit/staging';

/** What `render`, `validate` and `build` have in common. */
export interface PrepareOptions extends SelectionOptions {
  readonly builder?: readonly string[];
  readonly topology: string;
  readonly input?: readonly string[];
}

export interface PreparedImage extends SelectedImage {
  readonly staged: StagedImage;
  readonly sources: readonly BuilderSource[];
  /** Sites where it cannot be built, and why. */
  readonly impossible: readonly Problem[];
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
    const places = buildPlaces(staged, platform, wanted);
    // Whoever names a builder wants it to be possible; else the others are what is meant.
    if (places.sources.length === 0) refuse(places.impossible);
    return { ...one, staged, ...places };
  });
}

/** One line for each site where images of the command cannot be built. */
export function noteImpossible(prepared: readonly PreparedImage[], context: CliContext): void {
  const problems = prepared.flatMap(({ impossible }) => impossible.map(({ path, message }) => `${path}: ${message}`));
  for (const text of new Set(problems)) note(context, `Left out: ${text}`);
}

/** A topology says where clouds build; QEMU needs none. */
async function platformFor(
  wanted: readonly Builder[],
  topology: string,
  context: CliContext,
): Promise<Pick<Platform, 'places'>> {
  return wanted.every((builder) => builder === 'qemu') ? { places: {} } : loadTopology(topology, context);
}
