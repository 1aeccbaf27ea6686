import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ProblemsError } from '../../../constructs/contract/problem';
import { sourceLines } from '../../../images/kit/debian';
import type { Architecture } from '../../../images/kit/description';
import { homeFolder } from '../../cli/home';
import type { CliContext } from '../../cli/context';
import type { Step } from '../../cli/progress';
import type { ArchivePlace } from '../packages';
import { runChild } from './child';
import { needDiskSpace } from './disk-space';
import { openLog } from './log';

interface BasePackages {
  readonly packages: readonly string[];
  readonly kernel: Readonly<Record<Architecture, string>>;
  readonly tools: Readonly<Record<Architecture, readonly string[]>>;
}

/** A plain Debian as a disk that boots: what every image that is built with QEMU begins with. */
export interface BaseDisk {
  /** `debian-12-amd64-0123456789ab`: the hash is of all that it is made of. */
  readonly name: string;
  readonly file: string;
  readonly packages: readonly string[];
  readonly tools: readonly string[];
  readonly script: string;
  readonly architecture: Architecture;
  readonly place: ArchivePlace;
}

/** The system as a tree, the disk of it as raw bytes, and as qcow2. */
const neededGiB = 4;

const baseFolder = (root: string): string => join(root, 'images', 'kit', 'base-disk');

/** What the plain Debian of an architecture consists of beside Debian's own minimum, and what is there only to make it. */
export function readBasePackages(
  architecture: Architecture,
  root: string,
): { readonly packages: readonly string[]; readonly tools: readonly string[] } {
  const text = readFileSync(join(baseFolder(root), 'packages.json'), 'utf8');
  const { packages, kernel, tools } = JSON.parse(text) as BasePackages;
  return { packages: [...packages, kernel[architecture]], tools: tools[architecture] };
}

/** Which base disk an image stands on; nothing is made yet. */
export function baseDiskFor(
  architecture: Architecture,
  place: ArchivePlace,
  context: Pick<CliContext, 'root' | 'cwd' | 'env'>,
): BaseDisk {
  const script = readFileSync(join(baseFolder(context.root), 'make-disk.sh'), 'utf8');
  const { packages, tools } = readBasePackages(architecture, context.root);
  const definition = JSON.stringify([architecture, place, packages, tools, script]);
  const hash = createHash('sha256').update(definition).digest('hex').slice(0, 12);
  const name = `debian-12-${architecture}-${hash}`;
  const file = join(homeFolder(context), 'images', 'bases', `${name}.qcow2`);
  return { name, file, packages, tools, script, architecture, place };
}

/**
 * Makes the disk where it is not there yet. It is written under another name: what is found under its own is whole.
 * @throws ProblemsError with apt's own words where the archive does not give what is asked for
 */
export async function makeBaseDisk(
  disk: BaseDisk,
  step: Step,
  context: CliContext,
  signal: AbortSignal,
): Promise<void> {
  if (existsSync(disk.file)) return step.end('unchanged', disk.name);
  const folder = join(homeFolder(context), 'images', 'bases');
  mkdirSync(folder, { recursive: true });
  needDiskSpace(folder, neededGiB, 'make a plain Debian');
  const raw = join(folder, `.${disk.name}.${process.pid}.raw`);
  const partial = join(folder, `.${disk.name}.${process.pid}.partial`);
  const log = openLog(disk.name, context);
  try {
    const environment = { ...context.env, LC_ALL: 'C', ARCHITECTURE: disk.architecture, TOOLS: disk.tools.join(' ') };
    const code = await runChild('mmdebstrap', debootstrapArguments(disk, raw), {
      env: environment,
      signal,
      onLine: (line) => {
        log.write(line);
        if (line.startsWith('I: ') && line.length < 80) step.say(line.slice(3));
      },
    });
    if (code !== 0) throw new ProblemsError([failure(disk, log.lines, log.file)]);
    step.say('converting');
    const convert = ['convert', '-f', 'raw', '-O', 'qcow2', raw, partial];
    const converted = await runChild('qemu-img', convert, { env: context.env, signal, onLine: log.write });
    if (converted !== 0) throw new ProblemsError([failure(disk, log.lines, log.file)]);
    renameSync(partial, disk.file);
    step.end('done', disk.name);
  } finally {
    log.close();
    for (const file of [raw, partial]) rmSync(file, { force: true });
  }
}

function debootstrapArguments(disk: BaseDisk, raw: string): string[] {
  const { suite, archive, securityArchive } = disk.place;
  return [
    '--variant=minbase',
    `--architectures=${disk.architecture}`,
    '--aptopt=APT::Install-Recommends "0"',
    '--aptopt=Acquire::Languages "none"',
    '--aptopt=Acquire::Retries "5"',
    // A snapshot's lists are valid for a week after they were made; their signatures are checked all the same.
    ...(archive.includes('//snapshot.debian.org/') ? ['--aptopt=Acquire::Check-Valid-Until "false"'] : []),
    '--dpkgopt=path-exclude=/usr/share/man/*',
    '--dpkgopt=path-exclude=/usr/share/doc/*',
    '--dpkgopt=path-include=/usr/share/doc/*/copyright',
    `--include=${[...disk.packages, ...disk.tools].join(',')}`,
    `--customize-hook=${disk.script}`,
    // Through a pipe: in a user namespace the hook may not write where the user may.
    `--customize-hook=download /tmp/disk/disk.raw '${raw}'`,
    suite,
    '/dev/null',
    ...sourceLines(suite, archive, securityArchive),
  ];
}

function failure({ place }: BaseDisk, lines: readonly string[], log: string) {
  const said = lines.filter((line) => /^(E|Err|W): (?!command failed|setup failed)/.test(line)).slice(0, 3);
  return {
    path: place.archive,
    message: `no plain Debian could be made from this archive: ${said.join('; ') || (lines.at(-1) ?? 'no output')}`,
    fix: `Read ${log}. Where the archive is not reached from here, name a mirror with --archive (WATARI_DEBIAN_ARCHIVE).`,
  };
}
