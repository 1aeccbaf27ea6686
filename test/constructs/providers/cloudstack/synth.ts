import { Testing, TerraformStack } from 'cdktf';
import type { Site } from '../../../../constructs/contract/site';
import { configure } from '../../../../constructs/providers/cloudstack/provider';

export interface Configuration {
  readonly terraform: { readonly required_providers: Record<string, { source: string; version: string }> };
  readonly provider: Record<string, Record<string, unknown>[]>;
  readonly variable: Record<string, Record<string, unknown>>;
  readonly resource?: Record<string, Record<string, Record<string, unknown>>>;
}

/** One stack of one site, as Terraform reads it. */
export function synth(site: Site, build: (stack: TerraformStack) => void): Configuration {
  const stack = new TerraformStack(Testing.app(), 'stack');
  configure(stack, site);
  build(stack);
  return JSON.parse(Testing.synth(stack)) as Configuration;
}

export function resources(configuration: Configuration, type: string): Record<string, unknown>[] {
  return Object.values(configuration.resource?.[type] ?? {});
}

/** The only resource of a type whose name in the configuration has the part. */
export function resource(configuration: Configuration, type: string, part = ''): Record<string, unknown> {
  const found = Object.entries(configuration.resource?.[type] ?? {}).filter(([name]) => name.includes(part));
  const [first] = found;
  if (!first || found.length > 1) throw new Error(`${found.length} of ${type} have ${part} in their name`);
  return first[1];
}
