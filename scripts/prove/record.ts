import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Figures } from './proof';

export interface ProofResult {
  readonly ok: boolean;
  /** When it ended, ISO 8601. */
  readonly date: string;
  readonly seconds: number;
  readonly figures?: Figures;
  readonly error?: string;
}

/** How far a proof has come over the sources that it was started with. */
export interface ProofRecord {
  readonly sources: string;
  readonly parts: Readonly<Record<string, unknown>>;
  /** Seconds that earlier, interrupted runs took. */
  readonly seconds: number;
  readonly result?: ProofResult;
}

/** The record of a proof over these sources; a fresh one when it was made over others. */
export function readRecord(file: string, sources: string): ProofRecord {
  const fresh = { sources, parts: {}, seconds: 0 };
  if (!existsSync(file)) return fresh;
  const record = JSON.parse(readFileSync(file, 'utf8')) as ProofRecord;
  return record.sources === sources ? record : fresh;
}

/** Readers see the whole record or the former one. */
export function writeRecord(file: string, record: unknown): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, `${JSON.stringify(record, null, 2)}\n`);
  renameSync(`${file}.new`, file);
}
