import type { Machine } from '../cli/machine';
import { renderTable } from '../cli/table';
import type { Figures } from './proof';
import type { ProofResult } from './record';

export interface ProofRow extends ProofResult {
  readonly id: string;
  readonly name: string;
}

/** What is kept of the proofs, over the sources that they were about. */
export interface ProofReport {
  readonly sources: string;
  /** Of the last proof that ended, ISO 8601. */
  readonly date: string;
  readonly machine: Machine;
  /** Seconds that all of the proofs took, one after the other. */
  readonly seconds: number;
  readonly proofs: readonly ProofRow[];
}

/** With the rows of a former report, unless they are about other sources or were proven again. */
export function joinReports(
  former: ProofReport | undefined,
  sources: string,
  machine: Machine,
  rows: readonly ProofRow[],
): ProofReport {
  const known = former?.sources === sources ? former.proofs : [];
  const kept = known.filter(({ id }) => rows.every((row) => row.id !== id));
  const proofs = [...kept, ...rows].sort((one, other) => (one.id < other.id ? -1 : 1));
  const date = proofs.reduce((last, row) => (row.date > last ? row.date : last), '');
  return { sources, date, machine, seconds: proofs.reduce((sum, { seconds }) => sum + seconds, 0), proofs };
}

/** The closing table: one row for each proof, one line for each of its figures. */
export function renderProofs(rows: readonly ProofRow[]): string {
  const cells = rows.map(({ name, ok, seconds, figures }) => [
    name,
    ok ? 'holds' : 'FAILED',
    describeTime(seconds),
    describeFigures(figures),
  ]);
  const failures = rows.filter(({ ok }) => !ok).map(({ id, error }) => `\n${id}: ${error ?? ''}`);
  return [renderTable(['proof', 'result', 'time', 'figures'], cells), ...failures, closingLine(rows)].join('\n');
}

function describeTime(seconds: number): string {
  return seconds < 60 ? `${seconds.toFixed(1)} s` : `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

function describeFigures(figures: Figures = {}): string {
  return Object.entries(figures)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');
}

function closingLine(rows: readonly ProofRow[]): string {
  const failed = rows.filter(({ ok }) => !ok).length;
  const time = describeTime(rows.reduce((sum, { seconds }) => sum + seconds, 0));
  if (failed > 0) return `\n${failed} of ${rows.length} proofs failed (${time}). Run again: what held is not repeated.`;
  return `\nAll ${rows.length} proofs hold (${time}).`;
}
