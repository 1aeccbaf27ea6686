import { TerraformStack, TerraformVariable } from 'cdktf';
import type { Construct } from 'constructs';
import { CloudstackProvider } from '../../../.gen/providers/cloudstack/provider';
import type { Site } from '../../contract/site';
import { isPrivate, settingsOf } from './settings';

/** Seconds for one asynchronous job. In the block, never by environment: half of the provider parses that wrongly (provider_v6.go, 0.6.0). */
const timeoutSeconds = 900;

/** 0.5.0 is the version that is known to work against IDCF (idcfc-cloudnative-netbox, 2025-07); autoscaling needs 0.6.0. */
export function providerVersion(site: Site): '0.5.0' | '0.6.0' {
  return isPrivate(site) ? '0.6.0' : '0.5.0';
}

export function configure(stack: Construct, site: Site): void {
  providerOf(stack, site);
}

/** The site's provider block in this stack, aliased by the site's id: a stack of a link may hold two sites. */
export function providerOf(scope: Construct, site: Site): CloudstackProvider {
  const stack = TerraformStack.of(scope);
  const id = `cloudstack-${site.id}`;
  const existing = stack.node.tryFindChild(id) as CloudstackProvider | undefined;
  return existing ?? createProvider(stack, id, site);
}

function createProvider(stack: TerraformStack, id: string, site: Site): CloudstackProvider {
  stack.addOverride('terraform.required_providers.cloudstack.version', providerVersion(site));
  return new CloudstackProvider(stack, id, {
    alias: site.id,
    apiUrl: settingsOf(site).apiUrl,
    apiKey: secret(stack, site, 'api_key', 'API key').stringValue,
    secretKey: secret(stack, site, 'secret_key', 'Secret key').stringValue,
    httpGetOnly: false,
    timeout: timeoutSeconds,
  });
}

/** A variable of each site, because the environment could name only one cloud. */
function secret(stack: TerraformStack, site: Site, name: string, what: string): TerraformVariable {
  const variable = new TerraformVariable(stack, `cloudstack-${site.id}-${name}`, {
    type: 'string',
    sensitive: true,
    description: `${what} of the CloudStack account of site ${site.id}`,
  });
  variable.overrideLogicalId(`${site.id}_cloudstack_${name}`);
  return variable;
}
