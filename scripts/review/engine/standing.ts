import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { ProviderSimulation, SimulatedSeed } from '../../../constructs/contract/simulation';
import { registry } from '../../../constructs/providers/registry';
import { groupBy } from '../../../constructs/util/group';
import type { CliContext } from '../../cli/context';
import { note } from '../../cli/output';
import type { Progress } from '../../cli/progress';
import { type SandboxWorkspace, workspaceIn } from '../../deploy/sandbox-target';
import { listFacts } from '../../facts/store';
import type { Cloud } from '../../sandbox/cloud';
import { listObjects } from '../../sandbox/control';
import type { RealProvider } from '../../sandbox/real/providers';
import { startSandbox } from '../../sandbox/server';
import { terraformEnvironment } from '../../terraform/environment';
import { describeTerraform, findTerraform } from '../../terraform/find';
import type { Side } from '../sides/side';
import { plantStacks } from '../../sandbox/plant/plant';

/** The base as it stands in a simulated cloud of its own. */
export interface Standing {
  /** Path of Terraform or OpenTofu. */
  readonly program: string;
  /** The work folder of a stack, with the files of `synthesised` and the state of the base. */
  prepare(synthesised: string): Promise<SandboxWorkspace>;
  /** Resources of each stack of the base. */
  readonly resources: ReadonlyMap<string, number>;
  /** Stacks of the base that could not be put there. */
  readonly failed: readonly { readonly stack: string; readonly error: string }[];
  /** Takes the cloud and every state away. */
  close(): Promise<void>;
}

/**
 * Puts the base into a fresh simulated cloud.
 * @param work an empty folder that is removed at the end
 * @param realProviders validate and plan in the place of the simulated ones
 * @throws ProblemsError where there is no Terraform, Error where the base cannot be deployed
 */
export async function standBase(
  sides: { readonly base: Side; readonly head: Side },
  work: string,
  context: CliContext,
  screen: Progress,
  realProviders: readonly RealProvider[] = [],
): Promise<Standing> {
  const { root, cwd } = context;
  const { env: whole, notes } = terraformEnvironment(context.env);
  for (const text of notes) note(context, text);
  const env = withoutVariables(whole);
  const terraform = await findTerraform({ root, cwd, env, note: (text) => note(context, text) });
  note(context, describeTerraform(terraform));
  const home = join(work, 'cloud');
  const simulations = Object.values(registry).flatMap((provider) => [...provider.simulations]);
  const sandbox = startSandbox({
    cloudFile: join(home, 'cloud.json'),
    simulations,
    facts: listFacts(root).map(({ path }) => path),
    seeds: seedsOfBoth(sides),
    realProviders,
  });
  liftQuotas(sandbox.cloud, simulations);
  const stacks = sides.base.description.stacks.map(({ id }) => ({ id, folder: join(sides.base.folder, 'stacks', id) }));
  const step = screen.start('the base in a simulated cloud');
  const { failed } = await plantStacks({ stacks, sandbox, home, env, terraform: terraform.path });
  step.end(failed.length === 0 ? 'done' : 'failed');
  return {
    program: terraform.path,
    resources: countObjects(sandbox.cloud),
    failed,
    prepare: async (synthesised) => {
      const before = join(sides.base.folder, 'stacks', basename(synthesised));
      const former = existsSync(before) ? await workspaceIn(sandbox, before, { home, env }) : undefined;
      const workspace = await workspaceIn(sandbox, synthesised, { home, env });
      if (former) carryOver(former.state, workspace.state);
      return workspace;
    },
    close: async () => {
      await sandbox.close();
      rmSync(work, { recursive: true, force: true });
    },
  };
}

/** The base stands somewhere, so its owners have the quotas for it; what they have beyond those is theirs to know. */
function liftQuotas(cloud: Cloud, simulations: readonly ProviderSimulation[]): void {
  const ids = simulations.flatMap(({ quotas = [] }) => quotas.map(({ id }) => id));
  const quotas = Object.fromEntries(ids.map((id) => [id, Number.MAX_SAFE_INTEGER]));
  cloud.change((settings) => ({ ...settings, quotas: { ...settings.quotas, ...quotas } }));
}

/** A stack that keeps its state elsewhere from now on takes it along, as `init -migrate-state` does. */
function carryOver(former: string, state: string): void {
  if (former !== state && existsSync(former) && !existsSync(state)) copyFileSync(former, state);
}

function countObjects(cloud: Cloud): ReadonlyMap<string, number> {
  const objects = listObjects(cloud, { origins: ['terraform'] });
  return new Map([...groupBy(objects, ({ owner }) => owner)].map(([stack, list]) => [stack, list.length] as const));
}

/** Secrets of a real deployment have no business in a review: every variable gets a value that is made up from its name. */
const withoutVariables = (env: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('TF_VAR_')));

/** What either side expects to find: an image that the head pins is taken to be there, as `watari image list` can tell. */
function seedsOfBoth({ base, head }: { readonly base: Side; readonly head: Side }): readonly SimulatedSeed[] {
  const all = [base, head].flatMap(({ description }) => Object.values(description.expected).flat());
  return [...new Map(all.map((seed) => [JSON.stringify([seed.type, seed.id, seed.scope]), seed] as const)).values()];
}
