import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, extname, resolve } from 'node:path';
import { ProblemsError } from '../../constructs/contract/problem';
import { describe } from '../../stacks/main';
import type { CliContext } from '../cli/context';
import { ExitCode } from '../cli/exit-code';
import { print, printJson } from '../cli/output';
import { loadTopology } from '../topology/load';
import type { MapOptions } from './command';
import { marksBetween } from './compare';
import { type MapInput, layOut } from './layout';
import { countsOf } from './legend';
import { describeCounts } from './marks';
import type { PlacedMap } from './placed';
import { renderMapPage } from './render-page';
import { renderSvg } from './render-svg';
import { describeSides } from './sides';

const defaultOutput = 'map.html';

/** Draws a topology or a change. Nothing but the named file is written. */
export async function map(options: MapOptions, context: CliContext): Promise<ExitCode> {
  const render = rendererOf(options.output ?? defaultOutput);
  const placed = await layOut(await inputOf(options, context));
  const output = options.output ?? (options.json ? undefined : defaultOutput);
  if (output !== undefined) write(resolve(context.cwd, output), await render(placed));
  if (options.json) printJson(context, placed);
  else print(context, `${summaryOf(placed)}\nWritten to ${output}`);
  return ExitCode.done;
}

type Renderer = (map: PlacedMap) => string | Promise<string>;

const renderers: Readonly<Record<string, Renderer>> = { '.html': renderMapPage, '.svg': (placed) => renderSvg(placed) };

/** Refused before any work is done. */
function rendererOf(file: string): Renderer {
  const renderer = renderers[extname(file)];
  if (renderer) return renderer;
  const bound = Object.keys(renderers).join(', ');
  const fix = 'Name a file with one of these endings.';
  throw new ProblemsError([{ path: '--output', message: 'is no kind of file that is drawn', value: file, bound, fix }]);
}

async function inputOf({ topology, change }: MapOptions, context: CliContext): Promise<MapInput> {
  if (change === undefined) return { description: describe(await loadTopology(topology, context)) };
  const { base, head } = await describeSides(change, topology, context);
  return { base, description: head, marks: marksBetween(base, head) };
}

function write(file: string, content: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  } catch (error) {
    const message = `cannot be written: ${error instanceof Error ? error.message : String(error)}`;
    const fix = 'Name another file, or make room for this one.';
    throw new ProblemsError([{ path: '--output', message, value: file, fix }]);
  }
}

function summaryOf(placed: PlacedMap): string {
  const count = (kind: string): number => placed.boxes.filter((box) => box.kind === kind).length;
  const what = `sites ${count('site')}, links ${count('link')}, machines and autoscaled fleets ${count('machine')}`;
  const difference = describeCounts(countsOf(placed)) || 'no difference';
  return `${placed.topology}: ${placed.change ? `${difference}; ` : ''}${what}`;
}
