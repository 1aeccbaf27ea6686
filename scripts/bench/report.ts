import { version as cdktf } from 'cdktf/package.json';
import { version as constructs } from 'constructs/package.json';
import type { Machine } from '../cli/machine';
import { type Figure, isMet } from './figure';

/** What the bench keeps as JSON. */
export interface BenchReport {
  /** Whether every target is met; a quick run has none. */
  readonly ok: boolean;
  /** Targets that are not met, by the names of their figures. */
  readonly missed: readonly string[];
  /** ISO 8601. */
  readonly date: string;
  /** A tenth of the size, for which the targets are not. */
  readonly quick: boolean;
  readonly machine: Machine;
  /** Of what is measured beside: its version alone decides its time. */
  readonly versions: { readonly cdktf: string; readonly constructs: string };
  readonly figures: readonly (Figure & { readonly met: boolean })[];
}

export function benchReport(figures: readonly Figure[], machine: Machine, quick: boolean, date: Date): BenchReport {
  const rows = figures.map((figure) => ({ ...figure, met: isMet(figure) }));
  const missed = quick ? [] : rows.flatMap(({ what, met }) => (met ? [] : [what]));
  return {
    ok: missed.length === 0,
    missed,
    date: date.toISOString(),
    quick,
    machine,
    versions: { cdktf, constructs },
    figures: rows,
  };
}
