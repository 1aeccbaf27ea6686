import { execFileSync } from 'node:child_process';
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Figure } from './figure';
import { describeGenerated, touchEverything } from './generated-platform';
import { type Measured, measure } from './measure';
import { type Size, type Workshop, ourWriting } from './programs';

/** A change of one word reviewed from git, and one of every resource of a large platform. */
export async function reviewFigures(workshop: Workshop, size: Size): Promise<Figure[]> {
  return [...(await oneWord(workshop)), ...(await everything(workshop, size))];
}

const topology = join('stacks', 'topologies', 'reference.ts');
/** Most machines that the edges of one site may be. */
const word = { from: 'gcp: { min: 3, max: 30 }', to: 'gcp: { min: 3, max: 60 }' };

/** In a clone of its own, so that what is being edited is not a part of the change. */
async function oneWord({ root, folder }: Workshop): Promise<Figure[]> {
  const clone = join(folder, 'clone');
  execFileSync('git', ['clone', '--quiet', '--shared', root, clone]);
  symlinkSync(join(root, 'node_modules'), join(clone, 'node_modules'));
  const file = join(clone, topology);
  const before = readFileSync(file, 'utf8');
  const after = before.replace(word.from, word.to);
  if (after === before) throw new Error(`${topology} has no ${word.from} to change`);
  writeFileSync(file, after);
  // The first start after a change of the sources makes the bundle.
  await measure(process.execPath, [join('bin', 'watari.mjs'), '--help'], clone);
  const review = (): Promise<Measured> => runReview(clone, ['HEAD'], join(folder, 'one-word'));
  const [cold, warm] = [await review(), await review()];
  const name = 'one word of the reference reviewed';
  return [
    { what: `${name}, base checked out and compiled`, measured: cold.seconds, target: 20, unit: 's' },
    { what: `${name} again`, measured: warm.seconds, target: 20, unit: 's' },
    { what: `${name} again: processor time`, measured: warm.processor, unit: 's' },
    { what: `${name}: memory at one time`, measured: warm.peakMegabytes, unit: 'MB' },
  ];
}

async function everything(workshop: Workshop, size: Size): Promise<Figure[]> {
  const sides = ['base', 'head'].map((side) => join(workshop.folder, 'everything', side)) as [string, string];
  const write = ourWriting(workshop);
  for (const side of sides) {
    await write(side, size);
    describeGenerated(side);
  }
  touchEverything(sides[1]);
  const output = join(workshop.folder, 'everything', 'review');
  const { seconds, processor, peakMegabytes } = await runReview(workshop.root, sides, output);
  refuseOther(join(output, 'review.json'), size);
  const name = `${size.resources} resources, ${size.stacks} stacks, all changed, reviewed`;
  return [
    { what: name, measured: seconds, target: 180, unit: 's' },
    { what: `${name}: processor time`, measured: processor, unit: 's' },
    { what: `${name}: memory at one time`, measured: peakMegabytes, target: 1536, unit: 'MB' },
  ];
}

function runReview(root: string, sides: readonly string[], output: string): Promise<Measured> {
  const args = [join('bin', 'watari.mjs'), 'review', ...sides, '--output', output];
  return measure(process.execPath, args, root, { WATARI_HOME: `${output}-home` });
}

/** A review that found less was not what is to be measured. */
function refuseOther(file: string, { resources }: Size): void {
  const { risks } = JSON.parse(readFileSync(file, 'utf8')) as { readonly risks: Readonly<Record<string, number>> };
  const changed = risks['in-place'] ?? 0;
  if (changed !== resources) throw new Error(`the review says that ${changed} of ${resources} resources change`);
}
