import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { synthesizeStores } from '../../stacks/main';
import type { Platform } from '../../stacks/platform/platform';
import type { CliContext } from '../cli/context';
import { ExitCode } from '../cli/exit-code';
import { homeFolder } from '../cli/home';
import { note, print, printJson } from '../cli/output';
import { progress } from '../cli/progress';
import { renderTable, widthOf } from '../cli/table';
import { whileLocked } from '../deploy/while-locked';
import { realTarget, refuseMissingVariables } from '../deploy/real-target';
import { sandboxTarget } from '../deploy/sandbox-target';
import { type StackOutcome, workOnStack } from '../deploy/stack-work';
import { sandboxPlace } from '../sandbox/place';
import { terraformEnvironment } from '../terraform/environment';
import { describeTerraform, findTerraform } from '../terraform/find';
import { loadTopology } from '../topology/load';
import type { BootstrapOptions } from './command';

/** Operations at a time: a bucket has a handful of parts. */
const parallelism = 4;

/** Makes the state stores that the topology owns; those that exist are left as they are. */
export async function bootstrap(options: BootstrapOptions, context: CliContext): Promise<ExitCode> {
  const platform = await loadTopology(options.topology, context);
  const folder = join(homeFolder(context), 'bootstrap', platform.topology.name);
  mkdirSync(folder, { recursive: true });
  const say = (text: string): void => note(context, text);
  return whileLocked(join(folder, 'running.json'), 'watari bootstrap', say, async () => {
    const outcomes = await makeStores(platform, folder, options, context);
    tell(platform, outcomes, options, context);
    return outcomes.every(({ ok }) => ok) ? ExitCode.done : ExitCode.no;
  });
}

async function makeStores(
  platform: Platform,
  folder: string,
  options: BootstrapOptions,
  context: CliContext,
): Promise<StackOutcome[]> {
  const { root, cwd } = context;
  const synthesised = join(folder, 'cdktf.out');
  const plans = synthesizeStores(platform, synthesised, (stack) => join(folder, `${stack}.tfstate`));
  if (plans.length === 0) return [];
  const { env } = terraformEnvironment(context.env);
  if (!options.sandbox)
    refuseMissingVariables(
      plans.map(({ stack }) => stack),
      synthesised,
      env,
    );
  const terraform = await findTerraform({ root, cwd, env, note: (text) => note(context, text) });
  note(context, describeTerraform(terraform));
  const place = sandboxPlace(homeFolder(context), platform.topology.name);
  const target = options.sandbox ? sandboxTarget(root, place, env, platform) : realTarget(join(folder, 'work'), env);
  const screen = progress(context, { quiet: options.json });
  const outcomes: StackOutcome[] = [];
  try {
    for (const plan of plans) {
      const step = screen.start(plan.stack);
      const workspace = await target.prepare(plan.stack, join(synthesised, 'stacks', plan.stack));
      const say = (text: string): void => step.say(text);
      const outcome = await workOnStack(plan.stack, workspace, 'create', { program: terraform.path, say, parallelism });
      step.end(outcome.ok ? (outcome.changed ? 'done' : 'unchanged') : 'failed', outcome.summary);
      outcomes.push(outcome);
    }
    return outcomes;
  } finally {
    screen.close();
    await target.close();
  }
}

function tell(
  platform: Platform,
  outcomes: readonly StackOutcome[],
  options: BootstrapOptions,
  context: CliContext,
): void {
  if (options.json) return printJson(context, { topology: platform.topology.name, stores: outcomes });
  for (const { stack, ok, summary, error } of outcomes)
    if (!ok) note(context, `\n${stack}: ${summary}\n${error ?? ''}`);
  const rows = Object.entries(platform.topology.stores).map(([name, store]) => [
    name,
    `${store.kind} ${store.bucket ?? store.address ?? ''}`,
    store.adopted ? 'adopted: exists' : (outcomes.find(({ stack }) => stack === `store-${name}`)?.summary ?? ''),
  ]);
  print(context, renderTable(['store', 'what', 'result'], rows, widthOf(context.stdout)));
}
