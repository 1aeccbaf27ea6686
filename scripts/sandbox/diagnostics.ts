import type { SimulatedError } from '../../constructs/contract/simulation';

export type Step = string | number;

/** An error as the protocol carries it. */
export interface Diagnostic {
  readonly severity: 1 | 2;
  readonly summary: string;
  readonly detail?: string;
  readonly attribute?: { readonly steps: readonly object[] };
}

const ERROR = 1;

/** An error that Terraform shows at the argument's line. */
export function errorAt(path: readonly Step[], summary: string, detail = ''): Diagnostic {
  return path.length === 0
    ? { severity: ERROR, summary, detail }
    : { severity: ERROR, summary, detail, attribute: pathOf(path) };
}

/** An adapter's error; the indices that its path leaves out are the first ones. */
export function diagnosticOf(error: SimulatedError): Diagnostic {
  const [name] = (error.attribute ?? '').split('.');
  return errorAt(name ? [name] : [], error.summary, error.detail);
}

/** `AttributePath` of the protocol. */
export function pathOf(path: readonly Step[]): { readonly steps: readonly object[] } {
  return {
    steps: path.map((step) => (typeof step === 'number' ? { element_key_int: step } : { attribute_name: step })),
  };
}

/** `a.0.b`, as the older SDK writes a path. */
export function textOf(path: readonly Step[]): string {
  return path.join('.');
}
