import { basename, join, resolve } from 'node:path';
import { ProblemsError } from '../../constructs/contract/problem';
import { findOnPath, isExecutable } from '../cli/find-program';
import {
  cachedProgram,
  currentPlatform,
  defaultMirror,
  downloadRelease,
  pinnedRelease,
  type Release,
} from './download';
import type { Environment } from './environment';
import { isNewEnough, oldestVersion, readVersion } from './version';

export interface Terraform {
  /** Absolute path of the program. */
  readonly path: string;
  /** Such as `1.11.4`. */
  readonly version: string;
  /** Where it was found. */
  readonly from: 'WATARI_TERRAFORM' | 'PATH' | 'cache' | 'download';
}

const origins: Readonly<Record<Terraform['from'], string>> = {
  WATARI_TERRAFORM: 'named by WATARI_TERRAFORM',
  PATH: 'found on PATH',
  cache: 'downloaded by an earlier run',
  download: 'downloaded now',
};

/** Which program is used, for the user. Both answer to `version -json` alike: its file's name tells them apart. */
export function describeTerraform({ path, version, from }: Terraform): string {
  const file = basename(path);
  const name = file.includes('tofu') ? 'OpenTofu' : file.includes('terraform') ? 'Terraform' : file;
  return `Using ${name} ${version}, ${origins[from]}.`;
}

export interface FindOptions {
  /** The checkout: downloads are kept in its `.watari/bin`. */
  readonly root: string;
  /** Relative paths in `WATARI_TERRAFORM` count from here. */
  readonly cwd?: string;
  readonly env: Environment;
  /** Takes one line for the user: a program that was passed over, a download. */
  readonly note?: (text: string) => void;
  readonly release?: Release;
  readonly platform?: string;
}

const variable = 'WATARI_TERRAFORM';
const names = ['terraform', 'tofu'];
const fix =
  `Install OpenTofu or Terraform ${oldestVersion} or later (https://opentofu.org/docs/intro/install/) ` +
  `and put it on PATH, or name the program with ${variable}, or a mirror of the OpenTofu releases with WATARI_TOFU_MIRROR.`;

/**
 * Terraform or OpenTofu of at least `oldestVersion`: the program that `WATARI_TERRAFORM` names, else the first good one
 * of `terraform` and `tofu` on PATH, else the one in the cache, else the pinned OpenTofu, downloaded from
 * `WATARI_TOFU_MIRROR`. Throws one `ProblemsError` that says what was tried.
 */
export async function findTerraform(options: FindOptions): Promise<Terraform> {
  const named = options.env[variable];
  if (named) return useNamed(named, options);
  const passedOver: string[] = [];
  for (const [path, from] of candidates(options)) {
    const answer = await readVersion(path, options.env);
    if ('version' in answer && isNewEnough(answer.version)) {
      for (const text of passedOver) options.note?.(`${text}; using ${path} ${answer.version} instead.`);
      return { path, version: answer.version, from };
    }
    passedOver.push(
      'version' in answer ? describeTooOld(path, answer.version) : `${path} does not run: ${answer.reason}`,
    );
  }
  return download(options, passedOver);
}

async function useNamed(named: string, options: FindOptions): Promise<Terraform> {
  const path = locate(named, options);
  if (!path) refuseNamed('names a program that is not there or cannot be run', named);
  const answer = await readVersion(path, options.env);
  if ('reason' in answer) refuseNamed(`names a program that does not run as Terraform: ${answer.reason}`, named);
  if (!isNewEnough(answer.version)) {
    refuseNamed(`names version ${answer.version}, which is too old`, named, `${oldestVersion} or later`);
  }
  return { path, version: answer.version, from: variable };
}

function refuseNamed(message: string, value: string, bound?: string): never {
  const mend = `Name Terraform or OpenTofu ${oldestVersion} or later, or unset ${variable} to let Watari find one.`;
  throw new ProblemsError([{ path: variable, message, value, ...(bound && { bound }), fix: mend }]);
}

async function download(options: FindOptions, passedOver: readonly string[]): Promise<Terraform> {
  const { env, root, note = () => undefined } = options;
  const release = options.release ?? pinnedRelease;
  const platform = options.platform ?? currentPlatform();
  for (const text of passedOver) note(`${text}.`);
  let tried: string;
  try {
    const mirror = env['WATARI_TOFU_MIRROR'] || defaultMirror;
    const path = await downloadRelease({ cache: cacheOf(root), mirror, release, platform, note });
    const answer = await readVersion(path, env);
    if ('version' in answer) return { path, version: answer.version, from: 'download' };
    tried = `${path} does not run: ${answer.reason}`;
  } catch (error) {
    tried = error instanceof Error ? error.message : String(error);
  }
  const message = ['no usable Terraform or OpenTofu', ...passedOver, `the download failed: ${tried}`].join('; ');
  throw new ProblemsError([{ path: 'PATH', message, bound: `${oldestVersion} or later`, fix }]);
}

function describeTooOld(path: string, version: string): string {
  return `${path} is version ${version}, older than ${oldestVersion}`;
}

function candidates(options: FindOptions): [string, 'PATH' | 'cache'][] {
  const onPath = names.map((name) => locate(name, options)).filter((path) => path !== undefined);
  const cached = cachedProgram(cacheOf(options.root), options.release ?? pinnedRelease);
  const found = onPath.map((path): [string, 'PATH'] => [path, 'PATH']);
  return isExecutable(cached) ? [...found, [cached, 'cache']] : found;
}

function cacheOf(root: string): string {
  return join(root, '.watari', 'bin');
}

/** A path as it stands, a bare name on PATH. */
function locate(name: string, options: FindOptions): string | undefined {
  const cwd = options.cwd ?? process.cwd();
  if (name.includes('/')) return isExecutable(resolve(cwd, name)) ? resolve(cwd, name) : undefined;
  return findOnPath(name, options.env['PATH']);
}
