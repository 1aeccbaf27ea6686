import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Figure } from './figure';
import { type Measured, measure, median, medianOf } from './measure';
import { type Size, type Workshop, type Writing, ourWriting, plainWriting } from './programs';

/** `watari synth` of the reference, from the shell's point of view. */
export async function referenceFigures({ root, folder }: Workshop, runs: number): Promise<Figure[]> {
  const args = [join('bin', 'watari.mjs'), 'synth', '--output', join(folder, 'reference')];
  const synth = (): Promise<Measured> => measure(process.execPath, args, root);
  await synth();
  const { seconds, processor, megabytes } = medianOf(await repeated(runs, synth));
  return [
    { what: 'reference: watari synth', measured: seconds, target: 1, unit: 's' },
    { what: 'reference: processor time', measured: processor, unit: 's' },
    { what: 'reference: memory', measured: megabytes, unit: 'MB' },
  ];
}

/** The same stacks by plain cdktf and by us, in turn. Throws when a byte differs. */
export async function pairFigures(workshop: Workshop, size: Size, runs: number): Promise<Figure[]> {
  const [plain, ours] = [plainWriting(workshop), ourWriting(workshop)];
  const [plainOut, ourOut] = [join(workshop.folder, 'plain-out'), join(workshop.folder, 'our-out')];
  await ours(ourOut, { ...size, resources: size.resources / 10 });
  const pairs = await repeated(runs, async () => ({
    theirs: await plain(plainOut, size),
    own: await ours(ourOut, size),
  }));
  refuseDifference(plainOut, ourOut);
  const name = `${size.resources} resources, ${size.stacks} stacks`;
  const [theirs, own] = [medianOf(pairs.map((pair) => pair.theirs)), medianOf(pairs.map((pair) => pair.own))];
  const ratio = (of: keyof Measured): number => median(pairs.map((pair) => pair.own[of] / pair.theirs[of]));
  return [
    { what: `${name}: plain cdktf, tsx`, measured: theirs.seconds, unit: 's' },
    { what: `${name}: watari`, measured: own.seconds, unit: 's' },
    { what: `${name}: time, of plain cdktf's`, measured: ratio('seconds'), target: 0.1, unit: 'times' },
    { what: `${name}: processor time, of plain cdktf's`, measured: ratio('processor'), unit: 'times' },
    { what: `${name}: plain cdktf's memory`, measured: theirs.megabytes, unit: 'MB' },
    { what: `${name}: watari's memory`, measured: own.megabytes, unit: 'MB' },
    { what: `${name}: memory, of plain cdktf's`, measured: ratio('megabytes'), target: 0.5, unit: 'times' },
  ];
}

/** What linear may be off by: rounding, the garbage collector's steps, a machine that does something else as well. */
const linearWithin = 1.3;
const resourcesPerStack = 500;

/** Cost of one more resource at the large end over that at the small end: 1 when linear, 10 when quadratic over a decade. */
export async function linearityFigures(workshop: Workshop, sizes: readonly number[], runs: number): Promise<Figure[]> {
  const ours = ourWriting(workshop);
  const measured = await inTurn(sizes, async (resources) => {
    const size = { resources, stacks: Math.max(2, resources / resourcesPerStack) };
    return { resources, ...medianOf(await repeated(runs, () => write(ours, workshop, size))) };
  });
  const slopes = (of: keyof Measured): number[] =>
    measured.slice(1).map((point, index) => {
      const before = measured[index] ?? point;
      return (point[of] - before[of]) / (point.resources - before.resources);
    });
  const growth = (of: keyof Measured): number => (slopes(of).at(-1) ?? 0) / (slopes(of)[0] ?? 1);
  return [
    ...measured.flatMap(({ resources, seconds, processor, megabytes }): Figure[] => [
      { what: `${resources} resources: watari`, measured: seconds, unit: 's' },
      { what: `${resources} resources: processor time`, measured: processor, unit: 's' },
      { what: `${resources} resources: memory`, measured: megabytes, unit: 'MB' },
    ]),
    {
      what: 'one more resource, most over least: time',
      measured: growth('seconds'),
      target: linearWithin,
      unit: 'times',
    },
    {
      what: 'one more resource, most over least: memory',
      measured: growth('megabytes'),
      target: linearWithin,
      unit: 'times',
    },
  ];
}

const write = (writing: Writing, { folder }: Workshop, size: Size): Promise<Measured> =>
  writing(join(folder, 'linear-out'), size);

async function repeated<T>(times: number, work: () => Promise<T>): Promise<T[]> {
  return inTurn(Array.from({ length: times }), work);
}

async function inTurn<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const item of items) results.push(await work(item));
  return results;
}

function refuseDifference(theirs: string, own: string): void {
  const [names, ownNames] = [filesIn(theirs), filesIn(own)];
  const other = [...new Set([...names, ...ownNames])].filter((name) => {
    if (!names.includes(name) || !ownNames.includes(name)) return true;
    return !readFileSync(join(theirs, name)).equals(readFileSync(join(own, name)));
  });
  if (other.length > 0) throw new Error(`cdktf and watari write different bytes: ${other.join(', ')}`);
}

function filesIn(folder: string): string[] {
  const found = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return found.map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1)).sort();
}
