import { dirname, resolve } from 'node:path';
import { ProblemsError } from '../../constructs/contract/problem';
import { registry } from '../../constructs/providers/registry';
import type { CliContext } from '../cli/context';
import { ExitCode } from '../cli/exit-code';
import { homeFolder } from '../cli/home';
import { note, print, printJson } from '../cli/output';
import { renderTable, widthOf } from '../cli/table';
import { listFacts } from '../facts/store';
import { terraformEnvironment } from '../terraform/environment';
import { findTerraform } from '../terraform/find';
import { readTopology } from '../topology/read';
import { adoptedBy } from './adopted';
import { Cloud } from './cloud';
import type { SandboxOptions } from './command';
import { listObjects } from './control';
import { sandboxPlace } from './place';
import { realProvidersFor } from './real/chosen';
import { type RunOptions, runInSandbox } from './run';

/**
 * Runs a command against the simulated cloud of a topology and answers as the command does; without one, serves until it
 * is interrupted.
 */
export async function runCommand(
  command: readonly string[],
  options: SandboxOptions,
  context: CliContext,
): Promise<number> {
  if (command.length === 0) return (await import('./serve')).serve(options, context);
  const cloudFile = await cloudFileOf(options, context);
  try {
    const realProviders = realProvidersFor(options, context);
    const seeds = await adoptedBy(options.topology, context);
    return await run({ cloudFile, seeds, realProviders }, command, context);
  } catch (error) {
    const { code, syscall, path } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' || !syscall?.startsWith('spawn')) throw error;
    return refuse('there is no such program', 'install it, or mend the name', path);
  }
}

/** Lists what exists in the simulated cloud of a topology. */
export async function list(options: SandboxOptions, context: CliContext): Promise<ExitCode> {
  const cloudFile = await cloudFileOf(options, context);
  const objects = listObjects(new Cloud(cloudFile));
  if (options.json) printJson(context, { cloud: cloudFile, objects });
  else
    print(
      context,
      objects.length === 0 ? `Nothing exists in ${cloudFile}.` : describe(objects, widthOf(context.stdout)),
    );
  return ExitCode.done;
}

function refuse(message: string, fix: string, value?: string): never {
  throw new ProblemsError([{ path: 'watari sandbox', message, ...(value && { value }), fix }]);
}

/** The file of a topology's simulated cloud. */
export async function cloudFileOf({ cloud, topology }: SandboxOptions, context: CliContext): Promise<string> {
  if (cloud) return resolve(context.cwd, cloud);
  const { name } = (await readTopology(topology, context)) as { readonly name?: string };
  return sandboxPlace(homeFolder(context), name ?? topology).cloudFile;
}

/** By stack, as people think of them; ids and attributes are in the JSON. */
function describe(objects: ReturnType<typeof listObjects>, width: number | undefined): string {
  const rows = objects.map(({ owner, type, name, id }) => [owner, type, name || id] as const);
  rows.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return `${renderTable(['stack', 'type', 'name'], rows, width)}\n${objects.length} objects`;
}

async function run(
  own: Pick<RunOptions, 'cloudFile' | 'seeds' | 'realProviders'>,
  command: readonly string[],
  context: CliContext,
): Promise<number> {
  const { env, notes } = terraformEnvironment(context.env);
  for (const text of notes) note(context, text);
  const { root, cwd } = context;
  const terraform = await findTerraform({ root, cwd, env, note: (text) => note(context, text) });
  return runInSandbox({
    ...own,
    simulations: Object.values(registry).flatMap(({ simulations }) => [...simulations]),
    facts: listFacts(root).map(({ path }) => path),
    home: dirname(own.cloudFile),
    terraform: terraform.path,
    command,
    cwd,
    env,
  });
}
