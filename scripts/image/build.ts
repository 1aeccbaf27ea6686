import { refuse } from '../../constructs/contract/problem';
import type { DebianArchive } from '../../images/kit/debian';
import { isWindows } from '../../images/kit/resolve';
import { missingInputs } from '../../images/kit/staging';
import type { CliContext } from '../cli/context';
import { ExitCode } from '../cli/exit-code';
import { note, print, printJson } from '../cli/output';
import { type Progress, progress } from '../cli/progress';
import { type ArchiveOptions, type ChosenArchive, checkArchive, chooseArchive, standIn } from './build/archive';
import { type BuildOutcome, type BuildPlace, buildOne } from './build/build-one';
import { Interrupted } from './build/child';
import { nextSteps } from './build/next-steps';
import { needQemu } from './build/programs';
import { describeLeft, isCloud, missingPlaces } from './build/provider';
import { type BuildUnit, type UnitOptions, keptManifest, resultFolder, titleOf, unitsOf } from './build/unit';
import { type WindowsMedia, checkMedia } from './build/windows';
import { findPacker } from './find-packer';
import { onInterrupt } from '../cli/interrupt';
import { takenDown } from './machine';
import { type PrepareOptions, noteImpossible, prepareImages } from './prepare';
import { parseInputs, readDebian } from './stage';

export interface BuildOptions extends PrepareOptions, UnitOptions, ArchiveOptions {
  readonly windowsIso?: string;
  readonly drivers?: string;
  /** Also what was built already. */
  readonly again?: boolean;
  readonly json: boolean;
}

interface UnitResult {
  readonly unit: BuildUnit;
  readonly status: 'built' | 'kept' | 'failed' | 'interrupted';
  readonly outcome?: BuildOutcome;
  /** Of one that was interrupted: what is at a provider all the same. */
  readonly left?: readonly string[];
}

/**
 * Builds images one after the other. What is built already is left as it is, so that the same command resumes after a
 * failure; a build that fails does not keep the others from being made.
 */
export async function build(options: BuildOptions, context: CliContext): Promise<ExitCode> {
  const prepared = await prepareImages(options, context);
  const inputs = parseInputs(options.input ?? []);
  const units = unitsOf(prepared, options);
  refuse([...new Set(units.map(({ staged }) => staged))].flatMap((staged) => missingInputs(staged, inputs)));
  const debian = readDebian(context.root);
  const snapshot = chooseArchive(debian, options, context);
  refuse(checkArchive(units, snapshot, options));
  const wantedFrom = (from: ChosenArchive) => units.filter((unit) => options.again || !isKept(unit, from, context));
  needForQemu(wantedFrom(snapshot), options, context);
  const archive = await reachedArchive(wantedFrom(snapshot), snapshot, debian, context);
  const wanted = wantedFrom(archive);
  const results = wanted.length === 0 ? [] : await buildAll(wanted, archive, options, context);
  const kept = units.filter((unit) => !wanted.includes(unit)).map((unit): UnitResult => ({ unit, status: 'kept' }));
  report([...kept, ...results], options, context);
  if (!options.json) noteImpossible(prepared, context);
  if (results.some(({ status }) => status === 'interrupted')) return ExitCode.no;
  return results.every(({ status }) => status === 'built') ? ExitCode.done : ExitCode.no;
}

/** A cloud's machine may reach what this one does not: only what is built here alone makes do with a mirror. */
async function reachedArchive(
  units: readonly BuildUnit[],
  snapshot: ChosenArchive,
  debian: DebianArchive,
  context: CliContext,
): Promise<ChosenArchive> {
  const isHere = units.every(({ source, staged }) => !isCloud(source) && !isWindows(staged.image));
  const other = units.length > 0 && isHere ? await standIn(snapshot, debian) : undefined;
  if (other === undefined) return snapshot;
  note(context, `${snapshot.archive} is not reached from here: packages are those of ${other.archive} today.`);
  note(context, 'The image says so and cannot be promoted. --archive names another mirror.');
  return other;
}

/** Everything that a build with QEMU would end for in its middle. @throws ProblemsError */
function needForQemu(units: readonly BuildUnit[], options: BuildOptions, context: CliContext): void {
  const ofQemu = units.filter(({ source }) => !isCloud(source));
  if (ofQemu.some(({ staged }) => isWindows(staged.image))) refuse(checkMedia(mediaOf(options), context.cwd));
  for (const { staged } of ofQemu) needQemu(staged.variant, context, isWindows(staged.image) ? 'windows' : 'debian');
}

function mediaOf({ windowsIso, drivers }: BuildOptions): WindowsMedia {
  return { ...(windowsIso === undefined ? {} : { iso: windowsIso }), ...(drivers === undefined ? {} : { drivers }) };
}

/**
 * An image from another archive serves whoever asks for one of that archive, and nobody else; one at a cloud serves where
 * it was brought to.
 */
function isKept(unit: BuildUnit, { other }: ChosenArchive, context: CliContext): boolean {
  const manifest = keptManifest(unit, context);
  if (manifest === undefined) return false;
  if (!isCloud(unit.source)) return manifest.otherArchive === undefined || manifest.otherArchive === other;
  const missing = missingPlaces(unit.source, manifest);
  if (missing.length > 0) note(context, describeMissing(unit, missing));
  return missing.length === 0;
}

/** Amazon's builder ends at once where the region has an image of the name (its `force_deregister` would take it away). */
function describeMissing(unit: BuildUnit, missing: readonly string[]): string {
  const anew = 'It is built anew for all; Packer refuses that while an image of the name is there: remove it first.';
  return `${titleOf(unit)}: was built, but not for ${missing.join(', ')}. ${anew}`;
}

async function buildAll(
  units: readonly BuildUnit[],
  archive: ChosenArchive,
  options: BuildOptions,
  context: CliContext,
): Promise<UnitResult[]> {
  const packer = await findPacker(context);
  const controller = new AbortController();
  const say = (text: string): void => note(context, text);
  const release = onInterrupt(controller, takenDown, say);
  const shown: Progress = progress(context, { quiet: options.json });
  const windows = mediaOf(options);
  const place: BuildPlace = { packer, archive, context, shown, signal: controller.signal, windows, say };
  const results: UnitResult[] = [];
  try {
    for (const unit of units) results.push(await resultOf(unit, place));
  } finally {
    shown.close();
    release();
  }
  return results;
}

async function resultOf(unit: BuildUnit, place: BuildPlace): Promise<UnitResult> {
  try {
    const outcome = await buildOne(unit, place);
    return { unit, status: outcome.ok ? 'built' : 'failed', outcome };
  } catch (error) {
    if (error instanceof Interrupted) return { unit, status: 'interrupted', left: error.left };
    throw error;
  }
}

function report(results: readonly UnitResult[], options: BuildOptions, context: CliContext): void {
  if (options.json)
    return printJson(
      context,
      results.map((result) => describe(result, context)),
    );
  for (const result of results) print(context, textOf(result, context));
}

function textOf({ unit, status, outcome, left = [] }: UnitResult, context: CliContext): string {
  const title = titleOf(unit);
  const folder = resultFolder(unit, context);
  const there = (ids: readonly string[]): readonly string[] => (ids.length > 0 ? [describeLeft(ids)] : []);
  if (outcome?.ok === false) {
    const head = `${title}: failed, no image is kept${outcome.left.length > 0 ? ' here' : ''}`;
    return [head, ...there(outcome.left), outcome.why, `All of it: ${outcome.log}`].join('\n');
  }
  if (status === 'interrupted') {
    return [`${title}: interrupted, nothing of it is kept${left.length > 0 ? ' here' : ''}`, ...there(left)].join('\n');
  }
  const asked = '; the provider was not asked whether it is still there: --again builds it anew';
  const kept = `nothing to do, ${isCloud(unit.source) ? `it was built: ${folder}${asked}` : `it is in ${folder}`}`;
  return [`${title}: ${status === 'kept' ? kept : folder}`, nextSteps(unit, context)].join('\n');
}

function describe({ unit, status, outcome, left = [] }: UnitResult, context: CliContext): object {
  const head = {
    image: unit.staged.image.name,
    variant: unit.staged.variant,
    name: unit.name,
    kind: unit.kind,
    status,
  };
  const there = outcome?.ok === false ? outcome.left : left;
  const remove = there.length > 0 ? { removeAtProvider: there } : {};
  if (outcome?.ok === false) return { ...head, why: outcome.why, log: outcome.log, ...remove };
  return status === 'interrupted' ? { ...head, ...remove } : { ...head, folder: resultFolder(unit, context) };
}
