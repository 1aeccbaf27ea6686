import { join, resolve } from 'node:path';
import type { Target } from '../../images/packer-ts-helpers/src';
import type { CliContext } from '../cli/context';
import { ExitCode } from '../cli/exit-code';
import { note, print, printJson } from '../cli/output';
import { type PrepareOptions, noteImpossible, prepareImages } from './prepare';
import { folderName, renderFolder } from './render-folder';

export interface RenderOptions extends PrepareOptions {
  readonly target: Target;
  readonly output: string;
  readonly json: boolean;
}

/** Writes the folders that Packer is run in, one for each image and kind of processor. */
export async function render(options: RenderOptions, context: CliContext): Promise<ExitCode> {
  const prepared = await prepareImages(options, context);
  const output = resolve(context.cwd, options.output);
  const rendered = prepared
    .filter(({ sources }) => sources.length > 0)
    .map(({ staged, sources }) => {
      const folder = join(output, folderName(staged));
      const command = `watari image render ${staged.image.name} --arch ${staged.variant} --topology ${options.topology}`;
      const { leftOut } = renderFolder(staged, sources, folder, { target: options.target, command });
      return {
        image: staged.image.name,
        variant: staged.variant,
        contentId: staged.contentId,
        folder,
        sources: sources.map(({ type, name }) => `${type}.${name}`),
        leftOut,
      };
    });
  if (options.json) printJson(context, rendered);
  else report(rendered, options, context);
  if (!options.json) noteImpossible(prepared, context);
  return ExitCode.done;
}

type Rendered = readonly { readonly folder: string; readonly contentId: string; readonly leftOut: readonly string[] }[];

function report(rendered: Rendered, { target }: RenderOptions, context: CliContext): void {
  for (const { folder, contentId } of rendered) print(context, `${folder}  ${contentId}`);
  const leftOut = [...new Set(rendered.flatMap((one) => one.leftOut))];
  if (leftOut.length > 0) note(context, `Packer ${target} does not know, and they are left out: ${leftOut.join(', ')}`);
}
