import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Provider } from '../../constructs/contract/adapter';
import { type ImageReference, imageName } from '../../constructs/contract/image';
import { type Problem, refuse } from '../../constructs/contract/problem';
import type { Site } from '../../constructs/contract/site';
import { registry } from '../../constructs/providers/registry';
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
    missingImages: (site, images) => askedOf(site, images, env),
    close: () => Promise.resolve(),
  };
}

async function askedOf(
  site: Site,
  images: readonly ImageReference[],
  env: Readonly<Record<string, string>>,
): Promise<readonly ImageReference[]> {
  const providers: Readonly<Record<string, Provider>> = registry;
  const provider = providers[site.provider];
  const nameOf = (image: ImageReference): string =>
    provider?.profiles[site.profile]?.image.name(site, image) ?? imageName(image);
  const missing = await provider?.imageInquiry?.missing(site, images.map(nameOf), env);
  return images.filter((image) => missing?.includes(nameOf(image)));
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
