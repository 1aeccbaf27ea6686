import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import type { Site } from '../../contract/site';
import { settingsOf } from './settings';

/** What every emitted argument is known to: 5.100 and 6.x. */
export const providerVersions = '>= 5.100, < 7';

const childId = (name: string): string => `aws-${name}`;

/** The provider block of a site. The first of a stack is the default one; any other has the site's id as its alias. */
export function configure(stack: Construct, site: Site): void {
  const { region, account } = settingsOf(site);
  addProvider(stack, site.id, {
    region,
    labels: site.labels,
    ...(account === undefined ? {} : { account }),
  });
}

export interface ProviderInput {
  readonly region: string;
  readonly account?: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** Credentials come from the environment: profile, role or keys. */
export function addProvider(scope: Construct, name: string, input: ProviderInput): AwsProvider {
  const stack = TerraformStack.of(scope);
  const first = !stack.node.children.some((child) => child instanceof AwsProvider);
  stack.addOverride('terraform.required_providers.aws.version', providerVersions);
  return new AwsProvider(stack, childId(name), {
    region: input.region,
    defaultTags: [{ tags: { ...input.labels } }],
    ...(input.account === undefined ? {} : { allowedAccountIds: [input.account] }),
    ...(first ? {} : { alias: name }),
  });
}

/** The block that `configure` made: resources name it, because a link's stack may hold two sites of AWS. */
export function providerOf(scope: Construct, name: string): AwsProvider {
  const child = TerraformStack.of(scope).node.tryFindChild(childId(name));
  if (child instanceof AwsProvider) return child;
  throw new Error(`configure was not called for ${name} in the stack of ${scope.node.path}`);
}
