import { App, TerraformOutput, TerraformStack, Testing } from 'cdktf';
import type { Site } from '../../../../constructs/contract/site';
import { adapter, tokyo } from './fixture';

export type Arguments = Readonly<Record<string, unknown>>;
export type Emitted = Readonly<Record<string, Readonly<Record<string, Arguments>>>>;

export interface Synthesised {
  readonly resource: Emitted;
  readonly data: Emitted;
  readonly output: Readonly<Record<string, Arguments>>;
  readonly provider: Readonly<Record<string, readonly Arguments[]>>;
  readonly terraform: { readonly required_providers: Readonly<Record<string, Arguments>> };
}

/** A stack of one site whose provider block is there. */
export function stackOf(site: Site = tokyo(), id = 'stack'): TerraformStack {
  const stack = new TerraformStack(new App(), id);
  adapter.configure(stack, site);
  return stack;
}

export function synthesised(stack: TerraformStack): Synthesised {
  return JSON.parse(Testing.synth(stack)) as Synthesised;
}

const seen = new WeakMap<TerraformStack, Synthesised>();

/** A stack is looked at when it is complete. */
function onceSynthesised(stack: TerraformStack): Synthesised {
  const known = seen.get(stack) ?? synthesised(stack);
  seen.set(stack, known);
  return known;
}

/** Resources of a type by name, without the hash that nested constructs end in. */
export function emitted(stack: TerraformStack, type: string): Readonly<Record<string, Arguments>> {
  const all = onceSynthesised(stack).resource[type] ?? {};
  return Object.fromEntries(Object.entries(all).map(([name, value]) => [name.replace(/_[0-9A-F]{8}$/, ''), value]));
}

/** What a value with tokens comes to in a stack. */
export function resolved(stack: TerraformStack, value: unknown): unknown {
  new TerraformOutput(stack, 'seen', { value });
  return synthesised(stack).output['seen']?.['value'];
}

/** What a call refuses, as text. */
export function refusalOf(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  throw new Error('nothing was refused');
}
