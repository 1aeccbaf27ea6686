import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { imageName } from '../../constructs/contract/image';
import type { CliContext } from '../cli/context';
import { ExitCode } from '../cli/exit-code';
import { print, printJson } from '../cli/output';
import { renderTable, widthOf } from '../cli/table';
import { loadImages } from './load';
import { readLock } from './lock';
import { selectImages } from './selection';
import { stageFromDisk } from './stage';
import { storeFolder } from './store';

export interface ListOptions {
  readonly topology?: string;
  readonly sandbox?: boolean;
  readonly ask?: boolean;
  readonly json: boolean;
}

/** Which images there are, what they are made of as they stand, what the stages pin, and what was built here. */
export async function list(options: ListOptions, context: CliContext): Promise<ExitCode> {
  const descriptions = await loadImages(context.root);
  const lock = readLock(context.root);
  const rows = selectImages(descriptions, { images: [], all: true }).map(({ image, variant }) => {
    const { contentId } = stageFromDisk({ image, variant }, {}, context);
    const pinned = Object.entries(lock.stages).map(
      ([stage, images]) => [stage, images[image.name]?.[variant]] as const,
    );
    return {
      image: image.name,
      base: image.chain.at(-2) ?? image.operatingSystem,
      variant,
      contentId,
      pinned: Object.fromEntries(pinned.filter(([, id]) => id !== undefined)),
      built: existsSync(join(storeFolder(context), imageName({ role: image.name, variant, contentId }))),
      summary: image.summary,
    };
  });
  if (options.json) printJson(context, rows);
  else print(context, renderRows(rows, Object.keys(lock.stages), contentIdOf, widthOf(context.stdout)));
  return ExitCode.done;
}

interface Row {
  readonly contentId: string;
  readonly pinned: Readonly<Record<string, string | undefined>>;
}

/** A stage that pins what the description makes now says so; another id is shown. */
function contentIdOf({ contentId, pinned }: Row, stage: string): string {
  const id = pinned[stage];
  if (id === undefined) return '-';
  return id === contentId ? 'this' : id;
}

function renderRows(
  rows: readonly (Row & {
    readonly image: string;
    readonly base: string;
    readonly variant: string;
    readonly built: boolean;
  })[],
  stages: readonly string[],
  idOf: (row: Row, stage: string) => string,
  width: number | undefined,
): string {
  const cells = rows.map((row) => [
    row.image,
    row.base,
    row.variant,
    row.contentId,
    ...stages.map((stage) => idOf(row, stage)),
    row.built ? 'yes' : 'no',
  ]);
  return renderTable(['image', 'base', 'variant', 'content id', ...stages, 'built here'], cells, width);
}
