import { mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { loadPlatform, synthesize } from '../../stacks/main';
import reference from '../../stacks/topologies/reference';
import { type Job, runJobs } from '../deploy/schedule';
import { runTerraform } from '../deploy/terraform-run';
import { listFacts } from '../facts/store';
import { readFacts } from '../sandbox/facts';
import { prepareStack } from '../sandbox/stack-folder';
import { variableValues } from '../sandbox/variables';
import { terraformEnvironment } from '../terraform/environment';
import { findTerraform } from '../terraform/find';
import { type Echo, startEcho } from './echo';
import type { Figure } from './figure';
import { measure, median } from './measure';
import type { Workshop } from './programs';

/** The reference deployed into the sandbox, and by Terraform alone against providers that echo, in turn. */
export async function deployFigures(workshop: Workshop, runs: number): Promise<Figure[]> {
  // The first start after a change of the sources makes the bundle.
  await measure(process.execPath, [join('bin', 'watari.mjs'), '--help'], workshop.root);
  const pairs: { readonly own: number; readonly theirs: number }[] = [];
  for (let index = 0; index < runs; index += 1) {
    const home = join(workshop.folder, `deploy-${index}`);
    pairs.push({ theirs: await applyAgainstEcho(workshop, join(home, 'echo')), own: await deploy(workshop, home) });
  }
  return [
    { what: 'reference: terraform, echo', measured: median(pairs.map(({ theirs }) => theirs)), unit: 's' },
    { what: 'reference: watari deploy --sandbox', measured: median(pairs.map(({ own }) => own)), unit: 's' },
    {
      what: 'reference: deploy, of terraform with echo',
      measured: median(pairs.map(({ own, theirs }) => own / theirs)),
      target: 1.5,
      unit: 'times',
    },
  ];
}

async function deploy({ root }: Workshop, home: string): Promise<number> {
  const args = [join('bin', 'watari.mjs'), 'deploy', '--sandbox'];
  return (await measure(process.execPath, args, root, { WATARI_HOME: home })).seconds;
}

/** `init` and `apply` of each stack in order, as many at a time as a deployment. Returns seconds. */
async function applyAgainstEcho({ root }: Workshop, home: string): Promise<number> {
  const { env } = terraformEnvironment(process.env);
  const { path } = await findTerraform({ root, env });
  const out = join(home, 'cdktf.out');
  mkdirSync(home, { recursive: true });
  const specs = synthesize(loadPlatform(reference), out);
  const jobs = specs.map(({ id, dependsOn, after }): Job => ({ id, waitsFor: dependsOn, after }));
  const echo = await startEcho(listFacts(root).map((facts) => readFacts(facts.path)));
  const failures: string[] = [];
  const startedAt = performance.now();
  const apply = async ({ id }: Job): Promise<boolean> => {
    const failure = await applyStack(path, join(out, 'stacks', id), home, env, echo);
    if (failure !== undefined) failures.push(`${id}: ${failure}`);
    return failure === undefined;
  };
  try {
    await runJobs(jobs, availableParallelism() + 1, apply, () => undefined);
  } finally {
    await echo.close();
  }
  if (failures.length > 0) throw new Error(`terraform fails against the echo:\n${failures.join('\n')}`);
  return (performance.now() - startedAt) / 1000;
}

/** What went wrong, if anything did. */
async function applyStack(
  program: string,
  source: string,
  home: string,
  env: Readonly<Record<string, string>>,
  echo: Echo,
): Promise<string | undefined> {
  const stack = prepareStack(source, home);
  const reattach = echo.reattach((provider) => stack.providers?.[provider]);
  const full = { ...env, ...variableValues(stack.variables, {}, env), TF_REATTACH_PROVIDERS: reattach };
  for (const args of [
    ['init', '-no-color'],
    ['apply', '-no-color', '-auto-approve'],
  ]) {
    const { code, output } = await runTerraform(program, args, stack.folder, full);
    if (code !== 0) return output.slice(Math.max(0, output.indexOf('Error:')));
  }
  return undefined;
}
