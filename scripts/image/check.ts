import { renderLinuxChecks } from '../../images/kit/linux-checks';
import { environmentOf } from '../../images/kit/staging';
import type { CliContext } from '../cli/context';
import { ExitCode } from '../cli/exit-code';
import { note, print, printJson } from '../cli/output';
import { type Step, progress } from '../cli/progress';
import { type BootedMachine, bootMachine } from './booted-machine';
import { ChecksReport } from './build/checks-report';
import { Interrupted } from './build/child';
import { needProgram, needQemu } from './build/programs';
import { onInterrupt } from '../cli/interrupt';
import { takenDown } from './machine';
import { secondBootChecks } from './second-boot';
import { type StoredDisk, type StoredDiskOptions, storedDisk } from './stored-disk';
import { tarOf } from './tar';

export interface CheckOptions extends StoredDiskOptions {
  readonly json: boolean;
}

/** Boots an image that was built here, with a first configuration of its own, and asks all its checks again. */
export async function check(image: string, options: CheckOptions, context: CliContext): Promise<ExitCode> {
  const disk = await storedDisk(image, options, context);
  needQemu(disk.staged.variant, context, 'boot');
  needProgram({ program: 'ssh', does: 'asks the checks of the machine', packages: 'openssh-client' }, context);
  const controller = new AbortController();
  const release = onInterrupt(controller, takenDown, (text) => note(context, text));
  const shown = progress(context, { quiet: options.json });
  try {
    const checks = await bootAndCheck(disk, context, controller.signal, (title) => shown.start(title));
    report(disk, checks, options, context);
    return checks.isComplete && checks.failed.length === 0 ? ExitCode.done : ExitCode.no;
  } catch (error) {
    if (error instanceof Interrupted || controller.signal.aborted) return ExitCode.no;
    throw error;
  } finally {
    shown.close();
    release();
  }
}

async function bootAndCheck(
  disk: StoredDisk,
  { env }: CliContext,
  signal: AbortSignal,
  start: (title: string) => Step,
): Promise<ChecksReport> {
  const booting = start('boot');
  const machine = await bootMachine(disk, { env, signal });
  try {
    await machine.ready();
    booting.end('done');
    const asking = start('checks');
    const checks = await askChecks(disk, machine);
    asking.end(checks.isComplete && checks.failed.length === 0 ? 'done' : 'failed', checks.count);
    return checks;
  } finally {
    await machine.stop();
  }
}

/** The scripts that the build has run, and those of a second boot, on a machine that is ready. */
export async function askChecks({ staged }: StoredDisk, machine: BootedMachine): Promise<ChecksReport> {
  const files = [...staged.files].filter(([path]) => path.startsWith('checks/') || path.endsWith('.list'));
  const second = renderLinuxChecks(secondBootChecks(machine.diskGiB));
  const archive = tarOf([...files, ['checks/second-boot.sh', second] as const]);
  await machine.run('mkdir -p /tmp/watari && tar -C /tmp/watari -x', archive);
  const environment = Object.entries(environmentOf(staged)).map(([name, value]) => `${name}='${value}'`);
  const report = new ChecksReport();
  for (const script of ['running', 'second-boot']) {
    const { output } = await machine.run(`cd /tmp/watari && env ${environment.join(' ')} bash checks/${script}.sh`);
    for (const line of output.split('\n')) report.add(line);
  }
  return report;
}

function report({ staged }: StoredDisk, checks: ChecksReport, options: CheckOptions, context: CliContext): void {
  const { image, variant, contentId } = staged;
  if (options.json) return printJson(context, { image: image.name, variant, contentId, checks: checks.results });
  print(context, `1..${checks.results.length}`);
  checks.results.forEach((result, index) => {
    const line = `${result.ok ? 'ok' : 'not ok'} ${index + 1} - ${result.what}`;
    print(context, [line, ...(result.details ?? []).map((text) => `# ${text}`)].join('\n'));
  });
  if (!checks.isComplete) print(context, `# not all checks have answered: ${checks.count}`);
}
