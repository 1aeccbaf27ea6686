import { readFileSync } from 'node:fs';

/** What a deployment looks at in a stack's state. */
export interface StateContents {
  /** Managed resources, each instance counted. */
  readonly resources: number;
  /** The stack's output `handles`: public addresses are among them. */
  readonly handles: Readonly<Record<string, string>>;
}

const empty: StateContents = { resources: 0, handles: {} };

/** Contents of a local state file; empty where there is none, undefined where it cannot be read. */
export function readState(file: string): StateContents | undefined {
  try {
    return parseState(readFileSync(file, 'utf8'));
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? empty : undefined;
  }
}

/** @param text state as Terraform stores it, version 4. A store that has none gives an empty text. Undefined: no state */
export function parseState(text: string): StateContents | undefined {
  if (text.trim() === '') return empty;
  try {
    const state = JSON.parse(text) as {
      readonly resources?: readonly { readonly mode: string; readonly instances: readonly unknown[] }[];
      readonly outputs?: { readonly handles?: { readonly value?: Readonly<Record<string, string>> } };
    };
    const managed = (state.resources ?? []).filter(({ mode }) => mode === 'managed');
    return {
      resources: managed.reduce((sum, { instances }) => sum + instances.length, 0),
      handles: state.outputs?.handles?.value ?? {},
    };
  } catch {
    return undefined;
  }
}
