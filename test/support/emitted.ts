/** What a stack amounts to, as Terraform reads it, without cdktf's own remarks. */
export interface StackJson {
  readonly terraform: {
    readonly required_providers?: Readonly<Record<string, { readonly source: string; readonly version?: string }>>;
  };
  readonly provider?: Readonly<Record<string, readonly Attributes[]>>;
  readonly variable?: Readonly<Record<string, Attributes>>;
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Attributes>>>>;
  readonly data?: Readonly<Record<string, Readonly<Record<string, Attributes>>>>;
}

export type Attributes = Readonly<Record<string, unknown>>;

/** A resource or data source in its stack. */
export interface Emitted {
  readonly mode: 'resource' | 'data';
  readonly type: string;
  readonly name: string;
  /** `google_compute_network.main`, with `data.` before it where it is one. */
  readonly address: string;
  readonly config: Attributes;
}

export function plainStack(text: string): StackJson {
  return withoutRemarks(JSON.parse(text)) as StackJson;
}

function withoutRemarks(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutRemarks);
  if (value === null || typeof value !== 'object') return value;
  const kept = Object.entries(value).filter(([key]) => key !== '//');
  return Object.fromEntries(kept.map(([key, item]) => [key, withoutRemarks(item)]));
}

export function emittedBy(stack: StackJson): Emitted[] {
  return [...list('resource', stack.resource), ...list('data', stack.data)];
}

function list(mode: Emitted['mode'], byType: StackJson['resource'] = {}): Emitted[] {
  return Object.entries(byType).flatMap(([type, named]) =>
    Object.entries(named).map(([name, config]) => {
      const address = `${mode === 'data' ? 'data.' : ''}${type}.${name}`;
      return { mode, type, name, address, config };
    }),
  );
}

/** A value that is no object and no list, with its path: `network_interface.0.network_ip`. */
export interface Leaf {
  readonly path: string;
  readonly value: unknown;
}

/** Every leaf below a value; text that holds JSON is looked into too. */
export function leavesOf(value: unknown, path = ''): Leaf[] {
  if (value !== null && typeof value === 'object')
    return Object.entries(value).flatMap(([key, item]) => leavesOf(item, path === '' ? key : `${path}.${key}`));
  return [{ path, value }];
}

/** Whether a value stands somewhere: as a leaf of its own, or within a text. Numbers are whole words. */
export function mentions(value: unknown, wanted: string | number): boolean {
  const word = new RegExp(`(?<![0-9A-Za-z])${String(wanted).replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')}(?![0-9A-Za-z])`);
  return leavesOf(value).some((leaf) => word.test(String(leaf.value)));
}

/** The same text for values that differ in the order of keys and list items only. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).sort().join()}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`);
  return `{${entries.sort().join()}}`;
}
