import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Proof, ProofContext } from './proof';
import { endRunning } from './running';
import { readRecord, writeRecord, type ProofRecord, type ProofResult } from './record';

export interface RunOptions {
  readonly root: string;
  /** Where records and the proofs' own folders are kept. */
  readonly home: string;
  /** What the proofs are about: a proof over other sources counts for nothing. */
  readonly sources: string;
  readonly say: (text: string) => void;
}

/** Runs one proof, or gives the result that it had over the same sources; one that failed is run again. */
export async function runProof(id: string, proof: Proof, options: RunOptions): Promise<ProofResult> {
  const file = join(options.home, `${id}.json`);
  const known = readRecord(file, options.sources);
  if (known.result?.ok) return known.result;
  const folder = join(options.home, id);
  await endRunning(folder, options.say);
  if (Object.keys(known.parts).length === 0) rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const progress = recorder(file, known);
  const result = await attempt(proof, { root: options.root, folder, say: options.say, part: progress.part });
  const timed = { ...result, date: new Date().toISOString(), seconds: progress.seconds() };
  writeRecord(file, { ...progress.record(), result: timed });
  if (result.ok) rmSync(folder, { recursive: true, force: true });
  return timed;
}

interface Recorder {
  readonly part: ProofContext['part'];
  record(): ProofRecord;
  seconds(): number;
}

/** Writes every part as it is done, with the time so far. */
function recorder(file: string, known: ProofRecord): Recorder {
  const started = Date.now();
  let parts = known.parts;
  const seconds = (): number => known.seconds + (Date.now() - started) / 1000;
  const record = (): ProofRecord => ({ sources: known.sources, parts, seconds: seconds() });
  const part = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    if (name in parts) return parts[name] as T;
    const answer = await work();
    parts = { ...parts, [name]: answer ?? null };
    writeRecord(file, record());
    return answer;
  };
  return { part, record, seconds };
}

async function attempt(proof: Proof, context: ProofContext): Promise<Omit<ProofResult, 'seconds' | 'date'>> {
  try {
    return { ok: true, figures: await proof.run(context) };
  } catch (error) {
    return { ok: false, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
