import { imageName } from '../../constructs/contract/image';
import { type Problem, refuse } from '../../constructs/contract/problem';
import type { ImageLock } from '../../stacks/platform/image-lock';
import type { CliContext } from '../cli/context';
import { ExitCode } from '../cli/exit-code';
import { note, print, printJson } from '../cli/output';
import { renderTable, widthOf } from '../cli/table';
import { type Pin, pinsOf, readLock, withPins, writeLock } from './lock';
import { readStored } from './store';

export interface PromoteOptions {
  /** All that the stage pins, where none is named. */
  readonly images: readonly string[];
  readonly json: boolean;
}

/**
 * Moves content ids from one stage to another. Nothing is built: what was tested is what the other stage boots.
 * @throws ProblemsError for a stage or an image that is not pinned, and for an image that cannot be built again as it is
 */
export async function promote(
  from: string,
  to: string,
  options: PromoteOptions,
  context: CliContext,
): Promise<ExitCode> {
  const lock = readLock(context.root);
  const pins = wantedPins(lock, from, options.images);
  refuse([...sameStage(from, to), ...unrepeatable(pins, context)]);
  const before = new Map(pinsOf(lock, to).map((pin) => [keyOf(pin), pin.contentId]));
  const moved = pins.filter((pin) => before.get(keyOf(pin)) !== pin.contentId);
  if (moved.length > 0) writeLock(context.root, withPins(lock, to, moved));
  const rows = moved.map((pin) => ({ ...pin, before: before.get(keyOf(pin)), builtHere: isBuiltHere(pin, context) }));
  if (options.json) printJson(context, { from, to, moved: rows });
  else print(context, describe(rows, from, to, widthOf(context.stdout)));
  for (const pin of rows.filter(({ builtHere }) => !builtHere)) note(context, describeUnknown(pin));
  return ExitCode.done;
}

const keyOf = ({ image, variant }: Pin): string => `${image} ${variant}`;

function wantedPins(lock: ImageLock, from: string, images: readonly string[]): readonly Pin[] {
  const pinned = pinsOf(lock, from);
  refuse(unknownStage(lock, from));
  const known = [...new Set(pinned.map(({ image }) => image))];
  refuse(
    images
      .filter((name) => !known.includes(name))
      .map((value) => {
        const message = `stage ${from} pins no such image`;
        return { path: 'image', message, value, bound: known.join(', '), fix: 'Name one of them.' };
      }),
  );
  return images.length === 0 ? pinned : pinned.filter(({ image }) => images.includes(image));
}

function unknownStage(lock: ImageLock, stage: string): Problem[] {
  if (lock.stages[stage]) return [];
  const bound = Object.keys(lock.stages).join(', ') || 'none yet';
  const fix = `Name one of them, or pin images for it: watari image refresh --stage ${stage} --snapshot keep --write`;
  return [{ path: 'from', message: 'no image is pinned for this stage', value: stage, bound, fix }];
}

function sameStage(from: string, to: string): Problem[] {
  if (from !== to) return [];
  return [{ path: 'to', message: 'is the stage that the images come from', value: to, fix: 'Name another one.' }];
}

/** An image that was built here from another archive than the snapshot is not what its content id says. */
function unrepeatable(pins: readonly Pin[], context: CliContext): Problem[] {
  return pins.flatMap(({ image, variant, contentId }) => {
    const archive = readStored(imageName({ role: image, variant, contentId }), context)?.otherArchive;
    if (archive === undefined) return [];
    const fix = `Build it from the snapshot: watari image build ${image} --arch ${variant}`;
    const message = 'was built here from another archive than the snapshot of its content id';
    return [{ path: `${image} (${variant})`, message, value: archive, fix }];
  });
}

const isBuiltHere = ({ image, variant, contentId }: Pin, context: CliContext): boolean =>
  readStored(imageName({ role: image, variant, contentId }), context) !== undefined;

/** No reason to refuse: another machine builds, as a rule. */
const describeUnknown = ({ image, variant, contentId }: Pin): string =>
  `${image} (${variant}) ${contentId} was not built on this machine: nothing is known here of its checks and its archive.`;

type Moved = Pin & { readonly before?: string | undefined };

function describe(moved: readonly Moved[], from: string, to: string, width: number | undefined): string {
  if (moved.length === 0) return `${to} already has what ${from} has`;
  const rows = moved.map(({ image, variant, contentId, before }) => [image, variant, before ?? '-', contentId]);
  return renderTable(['image', 'variant', `${to} before`, `${to} now`], rows, width);
}
