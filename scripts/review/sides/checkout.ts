import { type ChildProcess, spawn } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
} from 'node:fs';
import { join } from 'node:path';
import { refuse } from '../../../constructs/contract/problem';
import type { CliContext } from '../../cli/context';
import { homeFolder } from '../../cli/home';
import { isRunning } from '../../deploy/processes';
import { git } from './git';

/** Checkouts of revisions that are kept for the next review; two are in use at a time, by each review. */
const keptCheckouts = 8;

/**
 * Files of a commit in a folder of their own, ready to run: with the dependencies of this checkout where both have the
 * same lock file, else with their own. Nothing is registered in the repository, and the folder is used again.
 * @throws ProblemsError where the dependencies cannot be installed
 */
export async function checkOut(commit: string, context: CliContext): Promise<string> {
  const folder = join(homeFolder(context), 'review', 'checkouts');
  const target = join(folder, commit);
  if (isUsable(target, context)) {
    // What is used stays.
    utimesSync(target, new Date(), new Date());
    return target;
  }
  mkdirSync(folder, { recursive: true });
  const draft = `${target}.${process.pid}`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft);
  try {
    await extract(commit, draft, context);
    await giveDependencies(draft, commit, context);
    rmSync(target, { recursive: true, force: true });
    renameSync(draft, target);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  dropOld(folder, commit);
  return target;
}

/** Dependencies that are borrowed from this checkout may have changed since. */
function isUsable(target: string, { root }: CliContext): boolean {
  const modules = lstatSync(join(target, 'node_modules'), { throwIfNoEntry: false });
  if (!modules) return false;
  return !modules.isSymbolicLink() || read(join(target, lockFile)) === read(join(root, lockFile));
}

/**
 * Every file of the commit, or of the part of it that the checkout is, should it be a folder of a larger repository. Not by
 * `git archive`: that leaves out what the commit's own attributes name.
 */
async function extract(commit: string, folder: string, context: CliContext): Promise<void> {
  const prefix = await git(context, ['rev-parse', '--show-prefix']);
  const index = `${folder}.index`;
  const own = { ...context, env: { ...context.env, GIT_INDEX_FILE: index } };
  try {
    await git(own, ['read-tree', prefix === '' ? commit : `${commit}:${prefix}`]);
    await git({ ...own, root: await git(context, ['rev-parse', '--show-toplevel']) }, [
      'checkout-index',
      '--all',
      '--force',
      `--prefix=${folder}/`,
    ]);
  } finally {
    rmSync(index, { force: true });
  }
}

function endOf(child: ChildProcess, name: string): Promise<void> {
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(`${name}: ${said.trim()}`))));
  });
}

const lockFile = 'package-lock.json';
const read = (file: string): string | undefined => (existsSync(file) ? readFileSync(file, 'utf8') : undefined);

async function giveDependencies(folder: string, commit: string, context: CliContext): Promise<void> {
  const own = join(context.root, 'node_modules');
  if (existsSync(own) && read(join(folder, lockFile)) === read(join(context.root, lockFile))) {
    symlinkSync(own, join(folder, 'node_modules'));
    return;
  }
  const npm = spawn('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: folder,
    env: context.env as NodeJS.ProcessEnv,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  await endOf(npm, 'npm ci').catch((error: Error) => {
    const message = `its dependencies cannot be installed: ${error.message.split('\n').slice(-5).join(' ')}`;
    const fix = 'Run `npm ci` in a checkout of it and mend what that says.';
    refuse([{ path: `revision ${commit.slice(0, 12)}`, message, fix }]);
  });
}

function dropOld(folder: string, current: string): void {
  for (const name of readdirSync(folder)) {
    const pid = Number(/^[0-9a-f]{40,64}\.(\d+)/.exec(name)?.[1]);
    if (pid > 0 && pid !== process.pid && !isRunning({ pid }))
      rmSync(join(folder, name), { recursive: true, force: true });
  }
  const age = (name: string): number => statSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const old = readdirSync(folder)
    .filter((name) => name !== current && /^[0-9a-f]{40,64}$/.test(name))
    .sort((a, b) => age(b) - age(a));
  for (const name of old.slice(keptCheckouts - 1)) rmSync(join(folder, name), { recursive: true, force: true });
}
