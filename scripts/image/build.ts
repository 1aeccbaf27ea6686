import { refuse } from '../../constructs/contract/problem';
import { isWindows } from '../../images/kit/resolve';
import { missingInputs } from '../../images/kit/staging';
import type { CliContext } from '../cli/context';
import { ExitCode } from '../cli/exit-code';
import { note, print, printJson } from '../cli/output';
import { type Progress, progress } from '../cli/progress';
import { type ArchiveOptions, type ChosenArchive, chooseArchive } from './build/archive';
import { type BuildOutcome, type BuildPlace, buildOne } from './build/build-one';
import { Interrupted } from './build/child';
import { nextSteps } from './build/next-steps';
import { needQemu } from './build/programs';
import { type BuildUnit, type UnitOptions, keptManifest, resultFolder, titleOf, unitsOf } from './build/unit';
import { findPacker } from './find-packer';
import { onInterrupt } from './interrupt';
import { type PrepareOptions, noteImpossible, prepareImages } from './prepare';
import { parseInputs, readDebian } from './stage';

export interface BuildOptions extends PrepareOptions, UnitOptions, ArchiveOptions {
  readonly windowsIso?: string;
  readonly drivers?: string;
  readonly json: boolean;
}

interface UnitResult {
  readonly unit: BuildUnit;
  readonly status: 'built' | 'kept' | 'failed' | 'interrupted';
  readonly outcome?: BuildOutcome;
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
  const archive = chooseArchive(readDebian(context.root), options, context);
  const wanted = units.filter((unit) => !isKept(unit, archive, context));
  for (const { staged, source } of wanted) {
    if (source.type === 'qemu') needQemu(staged.variant, context, !isWindows(staged.image));
  }
  const results = wanted.length === 0 ? [] : await buildAll(wanted, archive, options, context);
  const kept = units.filter((unit) => !wanted.includes(unit)).map((unit): UnitResult => ({ unit, status: 'kept' }));
  report([...kept, ...results], options, context);
  if (!options.json) noteImpossible(prepared, context);
  if (results.some(({ status }) => status === 'interrupted')) return ExitCode.no;
  return results.every(({ status }) => status === 'built') ? ExitCode.done : ExitCode.no;
}

/** An image from another archive serves whoever asks for one of that archive, and nobody else. */
function isKept(unit: BuildUnit, { other }: ChosenArchive, context: CliContext): boolean {
  const manifest = keptManifest(unit, context);
  return manifest !== undefined && (manifest.otherArchive === undefined || manifest.otherArchive === other);
}

async function buildAll(
  units: readonly BuildUnit[],
  archive: ChosenArchive,
  options: BuildOptions,
  context: CliContext,
): Promise<UnitResult[]> {
  const packer = await findPacker(context);
  const controller = new AbortController();
  const release = onInterrupt(controller, (text) => note(context, text));
  const shown: Progress = progress(context, { quiet: options.json });
  const windows = {
    ...(options.windowsIso === undefined ? {} : { iso: options.windowsIso }),
    ...(options.drivers === undefined ? {} : { drivers: options.drivers }),
  };
  const place: BuildPlace = { packer, archive, context, shown, signal: controller.signal, windows };
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
    if (error instanceof Interrupted) return { unit, status: 'interrupted' };
    throw error;
  }
}

function report(results: readonly UnitResult[], options: BuildOptions, context: CliContext): void {
  if (options.json)
    return printJson(
      context,
      results.map((result) => describe(result, context)),
    );
  for (const { unit, status, outcome } of results) {
    const folder = resultFolder(unit, context);
    if (status === 'kept') print(context, `${titleOf(unit)}: nothing to do, it is in ${folder}`);
    if (status === 'built') print(context, `${titleOf(unit)}: ${folder}`);
    if (status === 'interrupted') print(context, `${titleOf(unit)}: interrupted, nothing of it is kept`);
    if (outcome?.ok === false) {
      print(context, `${titleOf(unit)}: failed, no image is kept\n${outcome.why}\nAll of it: ${outcome.log}`);
    }
    if (status === 'built' || status === 'kept') print(context, nextSteps(unit, context));
  }
}

function describe({ unit, status, outcome }: UnitResult, context: CliContext): object {
  const head = {
    image: unit.staged.image.name,
    variant: unit.staged.variant,
    name: unit.name,
    kind: unit.kind,
    status,
  };
  if (outcome?.ok === false) return { ...head, why: outcome.why, log: outcome.log };
  return status === 'interrupted' ? head : { ...head, folder: resultFolder(unit, context) };
}
