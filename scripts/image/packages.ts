import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { ProblemsError } from '../../constructs/contract/problem';
import { sourceLines } from '../../images/kit/debian';
import type { CliContext } from '../cli/context';

export interface ResolvedPackage {
  readonly version: string;
  /** It comes from the archive of security updates. */
  readonly security: boolean;
}

export interface ArchivePlace {
  readonly suite: string;
  readonly archive: string;
  readonly securityArchive: string;
}

/** `Inst openssl (3.0.17-1~deb12u3 Debian-Security:12/oldstable-security [amd64])` */
const installation = /^Inst (\S+) (?:\[[^\]]*\] )?\((\S+) (.*?)\)/gm;

/**
 * What apt would install at an archive for a list of packages, with everything that they need: apt's own resolver, nothing
 * is downloaded but the lists, and their signatures are checked.
 * @throws ProblemsError when mmdebstrap is absent, the archive does not answer, or a package is not in it
 */
export async function resolvePackages(
  packages: readonly string[],
  place: ArchivePlace,
  { env }: Pick<CliContext, 'env'>,
): Promise<ReadonlyMap<string, ResolvedPackage>> {
  const output = await simulate(packages, place, env);
  const found = [...output.matchAll(installation)].map(
    ([, name = '', version = '', origin = '']) =>
      [name, { version, security: origin.includes('Debian-Security') }] as const,
  );
  return new Map(found);
}

async function simulate(packages: readonly string[], place: ArchivePlace, env: CliContext['env']): Promise<string> {
  const { suite, archive, securityArchive } = place;
  const args = [
    '--simulate',
    '--verbose',
    '--variant=minbase',
    '--architectures=amd64',
    // A snapshot's lists are valid for a week after they were made.
    '--aptopt=Acquire::Check-Valid-Until "false"',
    '--aptopt=Acquire::Languages "none"',
    `--include=${packages.join(',')}`,
    suite,
    '/dev/null',
    ...sourceLines(suite, archive, securityArchive),
  ];
  try {
    const { stdout, stderr } = await promisify(execFile)('mmdebstrap', args, {
      env: { ...env, LC_ALL: 'C' } as NodeJS.ProcessEnv,
      maxBuffer: 64 * 1024 * 1024,
      timeout: 10 * 60_000,
    });
    return stdout + stderr;
  } catch (error) {
    throw new ProblemsError([problemOf(error as NodeJS.ErrnoException & { stderr?: string }, archive)]);
  }
}

function problemOf(error: NodeJS.ErrnoException & { stderr?: string }, archive: string) {
  if (error.code === 'ENOENT') {
    const fix = 'Install it: apt-get install mmdebstrap';
    return { path: 'PATH', message: 'there is no mmdebstrap, which asks apt what it would install', fix };
  }
  const lines = (error.stderr ?? error.message).split('\n').filter((line) => /^(E:|Err:|W: Failed)/.test(line));
  return {
    path: archive,
    message: `apt does not resolve the packages: ${lines.slice(0, 3).join('; ') || error.message.split('\n')[0]}`,
    fix: 'Name an archive that is reached from here with --archive and --security-archive, or mend the list of packages.',
  };
}
