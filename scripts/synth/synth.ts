import { existsSync, mkdirSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { ProblemsError } from '../../constructs/contract/problem';
import { synthesize } from '../../stacks/main';
import type { CliContext } from '../cli/context';
import { ExitCode } from '../cli/exit-code';
import { print, printJson } from '../cli/output';
import { loadTopology } from '../topology/load';
import type { SynthOptions } from './command';
import { synthesizeForCdktf } from './for-cdktf';

/** Writes a topology's stacks. Throws ProblemsError, and leaves the folder as it was, when the topology is refused. */
export async function synth(options: SynthOptions, context: CliContext): Promise<ExitCode> {
  const startedAt = performance.now();
  const platform = await loadTopology(options.topology, context);
  const folder = outputFolder(options, context);
  if (!options.forCdktf) refuseForeign(folder);
  mkdirSync(dirname(folder), { recursive: true });
  const specs = options.forCdktf ? synthesizeForCdktf(platform, folder) : synthesize(platform, folder, options);
  const stacks = specs.map(({ id }) => id);
  if (options.json) printJson(context, { topology: options.topology, folder, stacks });
  else if (!options.forCdktf) print(context, describe(stacks.length, folder, performance.now() - startedAt));
  return ExitCode.done;
}

function outputFolder(options: SynthOptions, { root, cwd, env }: CliContext): string {
  if (options.output) return resolve(cwd, options.output);
  if (options.forCdktf && env.CDKTF_OUTDIR) return resolve(cwd, env.CDKTF_OUTDIR);
  const { output } = JSON.parse(readFileSync(join(root, 'cdktf.json'), 'utf8')) as { readonly output: string };
  return resolve(root, output);
}

/** The output replaces the folder as a whole: one that holds anything else is somebody's work. */
function refuseForeign(folder: string): void {
  if (!existsSync(folder)) return;
  const isFolder = statSync(folder).isDirectory();
  if (isFolder && (existsSync(join(folder, 'manifest.json')) || readdirSync(folder).length === 0)) return;
  const message = isFolder ? 'holds something else than a former output' : 'is a file';
  const fix = 'name a folder that does not exist yet, or that an earlier synth has written';
  throw new ProblemsError([{ path: '--output', message, value: folder, fix }]);
}

function describe(count: number, folder: string, milliseconds: number): string {
  return `${count} stacks written to ${folder} in ${(milliseconds / 1000).toFixed(2)} s`;
}
