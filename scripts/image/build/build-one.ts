import { execFile } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { isWindows } from '../../../images/kit/resolve';
import { architectureOf } from '../../../constructs/contract/image';
import { type Problem, refuse } from '../../../constructs/contract/problem';
import type { CliContext } from '../../cli/context';
import type { Progress } from '../../cli/progress';
import { acceleratorFor } from '../accelerator';
import type { Packer } from '../find-packer';
import { renderFolder } from '../render-folder';
import type { ChosenArchive } from './archive';
import { baseDiskFor, makeBaseDisk } from './base-disk';
import { describeFailure } from './checks-report';
import { Interrupted, runChild } from './child';
import { needDiskSpace } from './disk-space';
import { describeResult, keepResult } from './keep';
import { type Log, openLog } from './log';
import { type Manifest, manifestHead } from './manifest';
import { type PackerResult, runPacker } from './packer';
import { BuildProgress } from './phases';
import { cloudGrace, describeLeft, isCloud, readArtifacts } from './provider';
import { convertDisk } from './qemu-disk';
import { writeBuildSeed } from './seed';
import { type BuildUnit, resultFolder, titleOf, workFolder } from './unit';
import { type WorkFolder, takeWorkFolder } from './work';
import { type PackerInput, windowsInput } from './windows';

export interface BuildPlace {
  readonly packer: Packer;
  readonly archive: ChosenArchive;
  readonly context: CliContext;
  readonly shown: Progress;
  readonly signal: AbortSignal;
  readonly windows: { readonly iso?: string; readonly drivers?: string };
  /** For what whoever waits has to know before the end. */
  readonly say: (text: string) => void;
}

export type BuildOutcome =
  | { readonly ok: true; readonly manifest: Manifest }
  | { readonly ok: false; readonly why: string; readonly log: string; readonly left: readonly string[] };

/**
 * Builds one image, proves it, and keeps it as a whole; of a build that fails nothing is kept here but its log. What a cloud
 * has made before the failure cannot be taken back, and is named.
 */
export async function buildOne(unit: BuildUnit, place: BuildPlace): Promise<BuildOutcome> {
  const title = titleOf(unit);
  const cloud = isCloud(unit.source) ? { grace: cloudGrace(title, place.say), onLeft: sayLeft(title, place) } : {};
  const work = await takeWorkFolder(workFolder(unit, place.context), title, { signal: place.signal, ...cloud });
  const progress = new BuildProgress(title, place.shown);
  const log = openLog(`${unit.name}.${unit.kind}`, place.context);
  const failed = (why: string): BuildOutcome => {
    progress.end('failed');
    return { ok: false, why, log: log.file, left: leftOf(unit, work) };
  };
  try {
    const result = await runUnit(unit, work, place, progress, log);
    const why = failureOf(result, log);
    if (why !== undefined) return failed(why);
    const manifest = await keep(unit, result, work.path, place, progress, log);
    progress.end('done');
    return { ok: true, manifest };
  } catch (error) {
    const left = leftOf(unit, work);
    if (left.length === 0) throw error;
    if (error instanceof Interrupted) throw new Interrupted(left);
    log.write(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return failed(error instanceof Error ? error.message : String(error));
  } finally {
    progress.end('failed');
    log.close();
    work.remove();
  }
}

const leftOf = ({ source }: BuildUnit, { path }: Pick<WorkFolder, 'path'>): readonly string[] =>
  isCloud(source) ? readArtifacts(path) : [];

/** A build that was killed may have been through with Packer. */
function sayLeft(title: string, { say }: BuildPlace) {
  return (path: string) => {
    const left = readArtifacts(path);
    if (left.length > 0) say(`${title}: an earlier build was killed before the image was kept. ${describeLeft(left)}`);
  };
}

async function runUnit(
  unit: BuildUnit,
  work: WorkFolder,
  place: BuildPlace,
  progress: BuildProgress,
  log: Log,
): Promise<PackerResult> {
  const { packer, context, signal } = place;
  const input = await prepare(unit, work, place, progress, log);
  const options = { target: packer.target, command: 'watari image build' };
  const { leftOut } = renderFolder(unit.staged, [unit.source], work.path, options);
  refuse(unsafe(unit, leftOut, packer));
  const grace = isCloud(unit.source) ? { grace: cloudGrace(titleOf(unit), place.say) } : {};
  const run = { packer, folder: work.path, ...input, ...grace, env: context.env, log, progress };
  return runPacker({ ...run, signal, onStart: work.onStart });
}

/** What has to be there before Packer begins. */
async function prepare(
  unit: BuildUnit,
  work: WorkFolder,
  place: BuildPlace,
  progress: BuildProgress,
  log: Log,
): Promise<PackerInput> {
  const { archive, context, signal } = place;
  const { staged, source, format } = unit;
  const archives = { debian_archive: archive.archive, debian_security_archive: archive.securityArchive };
  const environment = {};
  if (isCloud(source)) return { variables: isWindows(staged.image) ? {} : archives, environment };
  needDiskSpace(work.path, neededGiB(unit), `build ${staged.image.name}`);
  const machine = { accelerator: acceleratorFor(staged.variant), output_directory: join(work.path, 'output') };
  if (isWindows(staged.image)) {
    const input = windowsInput(work.path, place.windows, context.cwd);
    return { ...input, variables: { ...machine, ...input.variables } };
  }
  const base = baseDiskFor(architectureOf(staged.variant), archive, context);
  if (!existsSync(base.file)) await makeBaseDisk(base, progress.begin('plain Debian'), context, signal);
  progress.begin('boot');
  writeBuildSeed(join(work.path, 'seed'));
  // As large as the image's disk, and nothing of it copied: the system grows into it at its first boot.
  const disk = join(work.path, 'base.qcow2');
  const create = ['create', '-q', '-f', 'qcow2', '-b', base.file, '-F', 'qcow2', disk, `${staged.image.diskGiB}G`];
  const code = await runChild('qemu-img', create, { env: context.env, signal, onLine: log.write });
  if (code !== 0) throw new Error(`qemu-img ${create.join(' ')} ends with ${code}`);
  return { variables: { ...archives, ...machine, base_disk: disk, format: format ?? 'qcow2' }, environment };
}

/** The disk as Packer makes it, and what it is turned into; a raw one may be written in full. */
function neededGiB({ staged, format }: BuildUnit): number {
  const system = isWindows(staged.image) ? 24 : 4;
  const whole = format === 'raw' || format === 'ddgz' ? staged.image.diskGiB : 0;
  return system + 2 + whole;
}

/** An image must not be less safe because the Packer of this machine is old. */
function unsafe({ source }: BuildUnit, leftOut: readonly string[], packer: Packer): Problem[] {
  if (source.type === 'qemu' || leftOut.length === 0) return [];
  return [
    {
      path: `Packer ${packer.version}`,
      message: 'does not know what the image is made safe with',
      value: leftOut.join(', '),
      bound: '1.10 or later',
      fix: 'Install a current Packer and name it with WATARI_PACKER: https://developer.hashicorp.com/packer/install',
    },
  ];
}

/** Lines of the log that are shown where Packer gives no better reason. */
const shownLines = 15;

function failureOf({ ok, checks, errors }: PackerResult, log: Log): string | undefined {
  if (checks.failed.length > 0) return checks.failed.map(describeFailure).join('\n');
  if (!ok) return [...log.lines.slice(-shownLines), ...errors.filter((text) => !log.lines.includes(text))].join('\n');
  return checks.isComplete ? undefined : `the checks have not all answered: ${checks.count}`;
}

async function keep(
  unit: BuildUnit,
  { checks }: PackerResult,
  work: string,
  place: BuildPlace,
  progress: BuildProgress,
  log: Log,
): Promise<Manifest> {
  const { archive, context, packer, signal } = place;
  const { staged, source, format } = unit;
  const folder = join(work, 'result');
  mkdirSync(folder);
  const isQemu = source.type === 'qemu' && format !== undefined;
  if (isQemu) progress.begin(`convert to ${format}`);
  const options = { name: unit.name, output: join(work, 'output'), folder, env: context.env, signal, log: log.write };
  const names = isQemu ? await convertDisk(format, options) : [];
  const isLinux = !isWindows(staged.image);
  const onBase = isQemu && isLinux;
  const draft = {
    ...manifestHead(unit),
    ...(isLinux && archive.other !== undefined ? { otherArchive: archive.other } : {}),
    ...(onBase ? { base: baseDiskFor(architectureOf(staged.variant), archive, context).name } : {}),
    tools: { packer: packer.version, ...(isQemu ? { qemu: await qemuVersion(context) } : {}) },
    checks: checks.results.map(({ what, ok }) => ({ what, ok })),
  };
  const manifest = await describeResult(folder, names, draft, work);
  keepResult(folder, resultFolder(unit, context));
  return manifest;
}

async function qemuVersion({ env }: CliContext): Promise<string> {
  const { stdout } = await promisify(execFile)('qemu-img', ['--version'], { env: env as NodeJS.ProcessEnv });
  return /version (\S+)/.exec(stdout)?.[1] ?? 'unknown';
}
