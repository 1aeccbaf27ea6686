import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import type { Site } from '../../contract/site';
import { gcpSite } from './settings';

/** The bindings ask for `~> 6.0`; the facts and the tests are of this version. */
const googleVersion = '6.50.0';

/** Every provider block has an alias, so that a second site in a stack moves no resource to another block. */
export function configureGoogle(
  stack: Construct,
  alias: string,
  place: { readonly project: string; readonly region?: string },
): void {
  new GoogleProvider(stack, `google-${alias}`, { alias, project: place.project, region: place.region });
  TerraformStack.of(stack).addOverride('terraform.required_providers.google', {
    source: 'hashicorp/google',
    version: googleVersion,
  });
}

export function googleOf(scope: Construct, alias: string): GoogleProvider {
  const provider = TerraformStack.of(scope).node.tryFindChild(`google-${alias}`);
  if (provider instanceof GoogleProvider) return provider;
  throw new Error(`${scope.node.path}: configure was not called for ${alias}`);
}

/** Project and region; credentials come from the environment (application default credentials). */
export function configure(stack: Construct, site: Site): void {
  configureGoogle(stack, site.id, gcpSite(site).settings);
}

export function providerOf(scope: Construct, site: Site): GoogleProvider {
  return googleOf(scope, site.id);
}
