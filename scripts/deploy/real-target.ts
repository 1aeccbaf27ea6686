import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Problem, refuse } from '../../constructs/contract/problem';
import { httpProbe } from './health';
import { readConfiguration, type StackConfiguration, type Target } from './workspace';

/**
 * Terraform against real providers: states in their stores, credentials and sensitive variables from the environment.
 * @param work folder for the stacks' work folders, kept between runs so that providers are not fetched again
 */
export function realTarget(work: string, env: Readonly<Record<string, string>>): Target {
  return {
    prepare: (stack, synthesised) => {
      const folder = join(work, stack);
      mkdirSync(folder, { recursive: true });
      copyFileSync(join(synthesised, 'cdk.tf.json'), join(folder, 'cdk.tf.json'));
      return Promise.resolve({ folder, env });
    },
    probe: httpProbe,
    close: () => Promise.resolve(),
  };
}

/**
 * Sensitive variables that nobody gave, of all stacks at once and before anything is touched.
 * @throws ProblemsError
 */
export function refuseMissingVariables(
  stacks: readonly string[],
  synthesised: string,
  env: Readonly<Record<string, string>>,
): void {
  refuse(
    stacks.flatMap((stack) => missingVariables(stack, readConfiguration(join(synthesised, 'stacks', stack)), env)),
  );
}

function missingVariables(
  stack: string,
  { variable = {} }: StackConfiguration,
  env: Readonly<Record<string, string>>,
): Problem[] {
  const needed = Object.entries(variable).filter(([, { default: value }]) => value === undefined);
  const missing = needed.map(([name]) => name).filter((name) => env[`TF_VAR_${name}`] === undefined);
  return missing.map((name) => ({
    path: `stack ${stack}`,
    message: `needs the sensitive variable "${name}"`,
    fix: `Set TF_VAR_${name} in the environment, from your secret store.`,
  }));
}
