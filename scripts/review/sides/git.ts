import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type Problem, refuse } from '../../../constructs/contract/problem';
import type { CliContext } from '../../cli/context';

/** Branches that may be the main one, the first that exists. */
const mainBranches = ['origin/HEAD', 'origin/main', 'origin/master', 'main', 'master'] as const;
const mostOutput = 64 * 1024 * 1024;

type Place = Pick<CliContext, 'root' | 'env'>;

/** What git answers, without the last line end. @throws Error with what git says */
export async function git({ root, env }: Place, args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)('git', ['-C', root, ...args], {
    // The environment of a hook would send git to another repository.
    env: { ...withoutGit(env), GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' },
    maxBuffer: mostOutput,
  });
  return stdout.trimEnd();
}

const withoutGit = (env: Place['env']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(env).filter(
      (entry): entry is [string, string] =>
        entry[1] !== undefined && !/^GIT_(DIR|WORK_TREE|INDEX_FILE)$/.test(entry[0]),
    ),
  );

/** @throws ProblemsError where git is absent, or the checkout is no repository */
export async function requireRepository(place: Place): Promise<void> {
  try {
    await git(place, ['rev-parse', '--git-dir']);
  } catch (error) {
    refuse([notARepository(place, error)]);
  }
}

function notARepository({ root }: Place, error: unknown): Problem {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT')
    return {
      path: 'git',
      message: 'is not installed',
      fix: 'Install git, or name folders that `watari synth --describe` wrote.',
    };
  return {
    path: 'git',
    message: 'this checkout is not a git repository, so there is nothing to compare with',
    value: root,
    fix: 'Run it in a clone, or name two folders that `watari synth --describe` wrote; `watari review --plan FILE` takes plans.',
  };
}

/** The commit that a revision means. @throws ProblemsError for one that does not exist */
export async function commitOf(place: Place, revision: string, where: string): Promise<string> {
  try {
    return await git(place, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`]);
  } catch {
    const fix = 'Name a branch, a tag or a commit; in CI, fetch it first (`git fetch origin main`, or fetch-depth: 0).';
    refuse([{ path: where, message: 'is no revision of this repository', value: revision, fix }]);
    throw new Error('unreachable');
  }
}

/** Where the working tree left the main branch. @throws ProblemsError where there is no main branch */
export async function mergeBase(place: Place): Promise<string> {
  for (const branch of mainBranches) {
    const base = await git(place, ['merge-base', 'HEAD', branch]).catch(() => undefined);
    if (base !== undefined) return base;
  }
  const fix = 'Name the revision to compare with.';
  refuse([{ path: 'BASE', message: 'there is no main branch to compare with', bound: mainBranches.join(', '), fix }]);
  throw new Error('unreachable');
}

/** Whether the working tree is exactly its commit. */
export async function isClean(place: Place): Promise<boolean> {
  return (await git(place, ['status', '--porcelain', '--untracked-files=normal', '--', '.'])) === '';
}
