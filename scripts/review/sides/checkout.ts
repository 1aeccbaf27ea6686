import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { refuse } from '../../../constructs/contract/problem';
import type { CliContext } from '../../cli/context';
import { homeFolder } from '../../cli/home';
import { git } from './git';

/** Checkouts of revisions that are kept for the next review. */
const keptCheckouts = 4;

/**
 * Files of a commit in a folder of their own, ready to run: with the dependencies of this checkout where both have the
 * same lock file, else with their own. Nothing is registered in the repository, and the folder is used again.
 * @throws ProblemsError where the dependencies cannot be installed
 */
export async function checkOut(commit: string, context: CliContext): Promise<string> {
  const folder = join(homeFolder(context), 'review', 'checkouts');
  const target = join(folder, commit);
  if (existsSync(target)) return target;
  mkdirSync(folder, { recursive: true });
  const draft = `${target}.${process.pid}`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft);
  try {
    await extract(commit, draft, context);
    await giveDependencies(draft, commit, context);
    if (!existsSync(target)) renameSync(draft, target);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  dropOld(folder, commit);
  return target;
}

/** The part of the commit that the checkout is, should it be a folder of a larger repository. */
async function extract(commit: string, folder: string, context: CliContext): Promise<void> {
  const prefix = await git(context, ['rev-parse', '--show-prefix']);
  const archive = spawn('git', ['-C', context.root, 'archive', `${commit}:${prefix}`], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const unpack = spawn('tar', ['-x', '-C', folder], { stdio: ['pipe', 'ignore', 'pipe'] });
  const ends = [endOf(archive, 'git archive'), endOf(unpack, 'tar')];
  // tar may close its end before git has written the last of the padding: their exit codes tell whether all went well.
  await Promise.all([pipeline(archive.stdout, unpack.stdin).catch(() => undefined), ...ends]);
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
  const age = (name: string): number => statSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const old = readdirSync(folder)
    .filter((name) => name !== current && /^[0-9a-f]{40,64}$/.test(name))
    .sort((a, b) => age(b) - age(a));
  for (const name of old.slice(keptCheckouts - 1)) rmSync(join(folder, name), { recursive: true, force: true });
}
