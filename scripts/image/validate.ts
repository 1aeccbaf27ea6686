import { execFile } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type StagedImage, missingInputs } from '../../images/kit/staging';
import type { CliContext } from '../cli/context';
import { ExitCode } from '../cli/exit-code';
import { homeFolder } from '../cli/home';
import { note, print, printJson } from '../cli/output';
import { inParallel } from '../cli/parallel';
import { type Progress, progress } from '../cli/progress';
import { type Packer, findPacker } from './find-packer';
import { type PrepareOptions, type PreparedImage, noteImpossible, prepareImages } from './prepare';
import { type RenderedFolder, folderName, renderFolder } from './render-folder';

export interface ValidateOptions extends PrepareOptions {
  readonly json: boolean;
}

interface Verdict {
  readonly image: string;
  readonly variant: string;
  readonly accepted: boolean;
  /** Packer's own words, where it refuses. */
  readonly output?: string;
  /** Inputs without a value: a build would ask for them. */
  readonly unset: readonly string[];
  readonly leftOut: readonly string[];
}

/** Renders into a folder of its own and has the real Packer judge every template. Nothing is built, no account is needed. */
export async function validate(options: ValidateOptions, context: CliContext): Promise<ExitCode> {
  const packer = await findPacker(context);
  const prepared = (await prepareImages(options, context)).filter(({ sources }) => sources.length > 0);
  mkdirSync(homeFolder(context), { recursive: true });
  const folder = mkdtempSync(join(homeFolder(context), 'validate-'));
  const shown = progress(context, { quiet: options.json });
  try {
    // What the tables of attributes refuse is the user's to mend: it comes before any Packer runs.
    const rendered = prepared.map((one) => renderForPacker(one, packer, folder));
    const verdicts = await inParallel(rendered, availableParallelism(), (one) => judge(one, packer, context, shown));
    report(verdicts, packer, options, context);
    if (!options.json) noteImpossible(prepared, context);
    return verdicts.every(({ accepted }) => accepted) ? ExitCode.done : ExitCode.no;
  } finally {
    shown.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Rendered extends RenderedFolder {
  readonly staged: StagedImage;
}

function renderForPacker({ staged, sources }: PreparedImage, { target }: Packer, parent: string): Rendered {
  const folder = join(parent, folderName(staged));
  const rendered = renderFolder(staged, sources, folder, { target, command: 'watari image validate' });
  writeStandIns(folder);
  return { staged, ...rendered };
}

async function judge(
  { staged, folder, leftOut }: Rendered,
  packer: Packer,
  context: CliContext,
  shown: Progress,
): Promise<Verdict> {
  const step = shown.start(folderName(staged));
  const unset = missingInputs(staged, {}).map(({ path }) => path.split('.').pop() ?? path);
  const values = unset.filter((input) => staged.image.inputs[input]?.kind === 'text');
  const refusal = await refusalOf(packer, folder, values, context);
  step.end(refusal === undefined ? 'done' : 'failed');
  const subject = { image: staged.image.name, variant: staged.variant, unset, leftOut };
  return { ...subject, accepted: refusal === undefined, ...(refusal === undefined ? {} : { output: refusal }) };
}

/** What a build makes for itself before it runs Packer, which looks at it: a seed and a key that opens nothing. */
function writeStandIns(folder: string): void {
  const { privateKey } = generateKeyPairSync('ed25519');
  mkdirSync(join(folder, 'seed'), { recursive: true });
  writeFileSync(join(folder, 'seed', 'key'), privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  for (const name of ['user-data', 'meta-data']) writeFileSync(join(folder, 'seed', name), '');
  writeFileSync(join(folder, 'base.qcow2'), '');
  mkdirSync(join(folder, 'drivers'), { recursive: true });
}

/** Packer's output when it refuses. 1.6.6 is given the file alone: it does not know the plugins that the other file requires. */
async function refusalOf(packer: Packer, folder: string, unset: readonly string[], context: CliContext) {
  const values = unset.flatMap((name) => ['-var', `${name}=unset`]);
  const subject = packer.target === '1.6.6' ? 'build.pkr.json' : '.';
  try {
    await promisify(execFile)(packer.path, ['validate', ...values, subject], {
      cwd: folder,
      env: environmentFor(context.env),
      timeout: 120_000,
    });
    return undefined;
  } catch (error) {
    const { stdout = '', stderr = '', message } = error as { stdout?: string; stderr?: string; message: string };
    return `${stdout}${stderr}`.trim() || message;
  }
}

/** Amazon's builder looks for credentials even to validate; made-up ones serve where there are none. */
function environmentFor(env: CliContext['env']): NodeJS.ProcessEnv {
  const madeUp = {
    AWS_ACCESS_KEY_ID: 'AKIAVALIDATEONLY',
    AWS_SECRET_ACCESS_KEY: 'validate-only',
    CLOUDSTACK_API_KEY: 'validate-only',
    CLOUDSTACK_SECRET_KEY: 'validate-only',
  };
  return { ...madeUp, ...env, PACKER_NO_COLOR: '1', CHECKPOINT_DISABLE: '1' };
}

function report(verdicts: readonly Verdict[], packer: Packer, options: ValidateOptions, context: CliContext): void {
  if (options.json) return printJson(context, { packer: packer.version, verdicts });
  for (const { image, variant, output } of verdicts.filter(({ accepted }) => !accepted)) {
    print(context, `${image} (${variant}): Packer ${packer.version} refuses it\n${output}\n`);
  }
  const refused = verdicts.filter(({ accepted }) => !accepted).length;
  print(context, `Packer ${packer.version}: ${verdicts.length - refused} templates accepted, ${refused} refused`);
  const leftOut = [...new Set(verdicts.flatMap((one) => one.leftOut))];
  if (leftOut.length > 0) note(context, `Not known to Packer ${packer.version}, left out: ${leftOut.join(', ')}`);
  const unset = [...new Set(verdicts.flatMap((one) => one.unset.map((name) => `${one.image}: ${name}`)))];
  if (unset.length > 0) note(context, `A build needs a value for: ${unset.join(', ')}`);
}
