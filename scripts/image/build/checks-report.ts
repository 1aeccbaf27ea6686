import { type TapLine, parseTapLine } from './packer-output';

export interface CheckResult {
  readonly what: string;
  readonly ok: boolean;
  /** What a failed check has printed. */
  readonly details?: readonly string[];
}

/** Results of one or more runs of checks, as their lines come in. */
export class ChecksReport {
  private readonly found: { readonly what: string; readonly ok: boolean; readonly details: string[] }[] = [];
  private planned = 0;

  /** @returns whether it is a line of a check */
  add(line: string): boolean {
    const parsed = parseTapLine(line);
    if (parsed) this.take(parsed);
    return parsed !== undefined && this.planned > 0;
  }

  private take(line: TapLine): void {
    if (line.type === 'plan') this.planned += line.count;
    else if (line.type === 'check') this.found.push({ what: line.what, ok: line.ok, details: [] });
    else if (this.found.at(-1)?.ok === false) this.found.at(-1)?.details.push(line.text);
  }

  get results(): readonly CheckResult[] {
    return this.found.map(({ what, ok, details }) => ({ what, ok, ...(ok ? {} : { details }) }));
  }

  get failed(): readonly CheckResult[] {
    return this.results.filter(({ ok }) => !ok);
  }

  /** `12 of 34`. */
  get count(): string {
    return `${this.found.length} of ${this.planned}`;
  }

  /** Every check that was announced has answered: a script that dies in the middle is no success. */
  get isComplete(): boolean {
    return this.planned > 0 && this.found.length === this.planned;
  }
}

/** A failed check with what it has printed, to be read by somebody. */
export function describeFailure({ what, details = [] }: CheckResult): string {
  return [`not ok: ${what}`, ...details.map((line) => `    ${line}`)].join('\n');
}
