import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { promisify } from 'node:util';
import { ProblemsError, refuse } from '../../../constructs/contract/problem';
import { type PlatformDescription, descriptionFile, descriptionFormat } from '../../../stacks/description/description';
import type { CliContext } from '../../cli/context';
import { checkOut } from './checkout';
import { commitOf, isClean, mergeBase, requireRepository } from './git';

/** One side of a comparison, synthesised by its own code. */
export interface Side {
  /** As it was asked for. */
  readonly revision: string;
  /** Absent for a working tree with changes, and for a folder. */
  readonly commit?: string;
  /** Of its sources; absent for a folder of synthesised stacks. */
  readonly root?: string;
  /** Holds `stacks/` and `platform.json`. */
  readonly folder: string;
  readonly description: PlatformDescription;
}

export interface SidesOptions {
  /** Git revision, or a folder that `watari synth --describe` wrote. @default the merge base with the main branch */
  readonly base?: string | undefined;
  /** The same. @default the working tree */
  readonly head?: string | undefined;
  readonly topology: string;
  /** Of the head. @default the same */
  readonly headTopology?: string | undefined;
  /** Where both are synthesised. */
  readonly work: string;
}

export const workingTree = 'working tree';

/** What a review compares. @throws ProblemsError for what cannot be compared, with the compiler's words for a side that does not compile */
export async function prepareSides(
  { base, head, topology, headTopology = topology, work }: SidesOptions,
  context: CliContext,
): Promise<{ readonly base: Side; readonly head: Side }> {
  const folders = [base, head].map((given) => synthesisedFolder(given, context));
  if (folders.some((folder) => folder === undefined)) await requireRepository(context);
  const from = await sideOf(base ?? (await mergeBase(context)), folders[0], 'BASE', { topology, work }, context);
  const to = await sideOf(head, folders[1], 'HEAD', { topology: headTopology, work }, context);
  return { base: from, head: to };
}

type SideOptions = Pick<SidesOptions, 'topology' | 'work'>;

async function sideOf(
  revision: string | undefined,
  folder: string | undefined,
  where: 'BASE' | 'HEAD',
  options: SideOptions,
  context: CliContext,
): Promise<Side> {
  if (folder !== undefined) return { revision: revision ?? '', folder, description: readDescription(folder, where) };
  const { commit, root } = await sourcesOf(revision, where, context);
  const output = join(options.work, where.toLowerCase());
  const named = revision ?? workingTree;
  // A topology that is new, or that goes, is missing on one side; whoever mistypes it is told by the head.
  if (where === 'BASE' && !hasTopology(root, options.topology, context))
    return { revision: named, ...(commit && { commit }), root, folder: output, description: nothing(options.topology) };
  await synthesise(root, output, { ...options, where }, context);
  const description = readDescription(output, where);
  return { revision: named, ...(commit && { commit }), root, folder: output, description };
}

interface Sources {
  readonly commit?: string;
  readonly root: string;
}

async function sourcesOf(revision: string | undefined, where: string, context: CliContext): Promise<Sources> {
  if (revision === undefined) {
    const { root } = context;
    return (await isClean(context)) ? { root, commit: await commitOf(context, 'HEAD', where) } : { root };
  }
  const commit = await commitOf(context, revision, where);
  return { commit, root: await checkOut(commit, context) };
}

/** A folder of synthesised stacks wins over a branch of the same name only where it is one. */
function synthesisedFolder(given: string | undefined, { cwd }: CliContext): string | undefined {
  if (given === undefined) return undefined;
  const folder = resolve(cwd, given);
  return existsSync(join(folder, 'manifest.json')) ? folder : undefined;
}

/**
 * The description of a git revision, or of a folder.
 * @param work folder to synthesise in
 */
export async function describeRevision(
  revision: string | undefined,
  where: 'BASE' | 'HEAD',
  options: SideOptions,
  context: CliContext,
): Promise<Side> {
  const folder = synthesisedFolder(revision, context);
  if (folder === undefined) await requireRepository(context);
  return sideOf(revision, folder, where, options, context);
}

function readDescription(folder: string, where: string): PlatformDescription {
  const file = join(folder, descriptionFile);
  const fix = 'Write it with `watari synth --describe -o FOLDER`.';
  if (!existsSync(file)) refuse([{ path: where, message: `has no ${descriptionFile}`, value: folder, fix }]);
  try {
    const description = JSON.parse(readFileSync(file, 'utf8')) as PlatformDescription;
    if (description.format === descriptionFormat) return description;
    const message = `${descriptionFile} is of another format`;
    refuse([{ path: where, message, value: description.format, bound: String(descriptionFormat), fix }]);
  } catch (error) {
    if (error instanceof ProblemsError) throw error;
    refuse([{ path: where, message: `${descriptionFile} is no JSON`, value: file, fix }]);
  }
  throw new Error('unreachable');
}

const mostOutput = 16 * 1024 * 1024;
/** Lines of a compiler's or a check's words that are shown. */
const shownLines = 30;

/** Runs the side's own `watari synth`. */
async function synthesise(
  root: string,
  output: string,
  { topology, where }: SideOptions & { readonly where: string },
  context: CliContext,
): Promise<void> {
  mkdirSync(dirname(output), { recursive: true });
  const program = join(root, 'bin', 'watari.mjs');
  const args = [program, 'synth', '--describe', '--topology', topologyIn(root, topology, context), '--output', output];
  const env = { ...context.env, NO_COLOR: '1' } as NodeJS.ProcessEnv;
  try {
    await promisify(execFile)(process.execPath, args, { cwd: root, env, maxBuffer: mostOutput });
  } catch (error) {
    refuse([notSynthesised(where, topology, error)]);
  }
}

function hasTopology(root: string, topology: string, context: CliContext): boolean {
  const file = topologyIn(root, topology, context);
  return existsSync(/\.(ts|json)$/.test(file) ? file : join(root, 'stacks', 'topologies', `${file}.ts`));
}

/** A platform of which nothing stands. */
function nothing(topology: string): PlatformDescription {
  const empty = { sites: [], stacks: [], machines: [], devices: [], balancers: [], links: [], names: [], expected: {} };
  return { format: descriptionFormat, topology, domain: '', ...empty, billing: { sites: {}, contracts: [] } };
}

/** A file of the checkout is meant on both sides, each its own. */
function topologyIn(root: string, topology: string, context: CliContext): string {
  if (!/\.(ts|json)$/.test(topology)) return topology;
  const file = resolve(context.cwd, topology);
  const inside = relative(context.root, file);
  return inside.startsWith('..') ? file : join(root, inside);
}

function notSynthesised(where: string, topology: string, error: unknown) {
  const { stderr = '', message } = error as Error & { readonly stderr?: string };
  const words = (stderr.trim() || message).split('\n');
  const cut =
    words.length > shownLines ? [...words.slice(0, shownLines), `... ${words.length - shownLines} lines more`] : words;
  const isOld = /unknown option '--describe'/.test(stderr);
  return {
    path: where,
    message: isOld
      ? 'is older than `watari review` and cannot describe its platform'
      : `the topology ${topology} cannot be synthesised:\n${cut.join('\n')}`,
    fix: isOld ? 'Name a later BASE.' : `Mend it, and try \`watari synth --topology ${topology}\` there.`,
  };
}
