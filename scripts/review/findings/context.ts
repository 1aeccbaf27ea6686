import type { PlatformDescription } from '../../../stacks/description/description';
import type { Subject } from '../analysis/subject';
import type { StackFiles } from '../engine/stack-files';
import { type Finding, type ResourceChange, idOf } from '../report';

/** A change of what a stack exports. */
export interface OutputChange {
  readonly stack: string;
  /** `handles.vpc`, or the output's name. */
  readonly key: string;
  readonly change: 'added' | 'removed' | 'changed' | 'unknown';
}

/** A check of a plan that did not pass. */
export interface CheckResult {
  readonly stack: string;
  readonly address: string;
  readonly status: string;
  readonly messages: readonly string[];
}

/** Everything that a review looks at for findings. */
export interface ReviewContext {
  /** Absent for plans that somebody else made. */
  readonly platform?: { readonly base: PlatformDescription; readonly head: PlatformDescription };
  readonly files: { readonly base: ReadonlyMap<string, StackFiles>; readonly head: ReadonlyMap<string, StackFiles> };
  readonly subjects: readonly Subject[];
  /** The same, as the report has them, in the same order. */
  readonly changes: readonly ResourceChange[];
  readonly outputs: readonly OutputChange[];
  readonly checks: readonly CheckResult[];
  readonly drift: readonly Subject[];
  /** Managed resources of each stack before the change. */
  readonly sizes: ReadonlyMap<string, number>;
}

/** A finding with what most of them have in common. */
export function finding(
  input: Pick<Finding, 'rule' | 'title'> & Partial<Finding>,
  about: readonly { readonly stack: string; readonly address: string }[] = [],
): Finding {
  const addresses = about.map(idOf);
  return { decision: false, details: [], ...input, addresses: input.addresses ?? addresses };
}

/** `1 machine`, `3 machines`. */
export const counted = (count: number, noun: string, plural = `${noun}s`): string =>
  `${count} ${count === 1 ? noun : plural}`;
