import {
  TerraformDataSource,
  TerraformResource,
  TerraformStack,
  TerraformVariable,
  Testing,
  Token,
  propertyAccess,
} from 'cdktf';
import { Construct } from 'constructs';
import type { Adapter } from '../../constructs/contract/adapter';
import type { Handles, Site } from '../../constructs/contract/site';
import { type StackJson, plainStack } from './emitted';

export interface Made<T> {
  readonly result: T;
  readonly stack: StackJson;
  /** Construct paths of resources and data sources that are not below the scope that the member was given. */
  readonly strays: readonly string[];
}

/** Calls one member of an adapter in a stack of its own, with a scope of its own, and synthesises it. */
export function makeMember<T>(adapter: Adapter, site: Site, build: (scope: Construct) => T): Made<T> {
  const app = Testing.app({ context: { excludeStackIdFromLogicalIds: 'true' } });
  const stack = new TerraformStack(app, 'member');
  adapter.configure(stack, site);
  const before = emittedPaths(stack);
  const scope = new Construct(stack, 'own');
  const result = build(scope);
  const strays = emittedPaths(stack).filter((path) => !before.includes(path) && !path.startsWith('member/own/'));
  return { result, stack: plainStack(Testing.synth(stack)), strays };
}

function emittedPaths(stack: TerraformStack): string[] {
  const emitted = stack.node
    .findAll()
    .filter((node) => TerraformResource.isTerraformResource(node) || TerraformDataSource.isTerraformDataSource(node));
  return emitted.map(({ node }) => node.path);
}

/** Handles as they come from another stack: values that are known at deployment only. */
export function foreignHandles(scope: Construct, name: string, keys: readonly string[]): Handles {
  const variable = new TerraformVariable(scope, name, { type: 'map(string)' });
  variable.overrideLogicalId(name);
  return Object.fromEntries(keys.map((key) => [key, Token.asString(propertyAccess(variable.value, [key]))]));
}
