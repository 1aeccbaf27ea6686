import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sandboxPlace } from '../sandbox/place';
import type { ProofContext } from './proof';

const pieces = ['cloud.json', 'states', 'stacks.json'];

/** A cloud and its states as they are, to be had again. Returns what puts them back. */
export function snapshot(home: string, topology: string): () => void {
  const { home: folder } = sandboxPlace(home, topology);
  const kept = `${folder}.kept`;
  rmSync(kept, { recursive: true, force: true });
  copy(folder, kept);
  return () => putBack(kept, folder);
}

/** As if nothing had ever been deployed. */
export function forget(home: string, topology: string): void {
  rmSync(sandboxPlace(home, topology).home, { recursive: true, force: true });
}

/**
 * Parts of a proof that change one cloud: one that is begun again, after a kill or a failure, starts from what the part
 * before it has left.
 */
export function cloudParts({ folder, part }: ProofContext, topology: string): ProofContext['part'] {
  return (name, work) =>
    part(name, () => {
      startOver(folder, topology, name);
      return work();
    });
}

/** The first try of a part keeps what it finds, each later one has that put back. */
function startOver(home: string, topology: string, part: string): void {
  const { home: folder } = sandboxPlace(home, topology);
  const [kept, coming] = [`${folder}.before`, `${folder}.before.new`];
  if (partOf(kept) === part) return putBack(kept, folder);
  rmSync(coming, { recursive: true, force: true });
  copy(folder, coming);
  writeFileSync(join(coming, 'part'), part);
  rmSync(kept, { recursive: true, force: true });
  renameSync(coming, kept);
}

function partOf(kept: string): string | undefined {
  const file = join(kept, 'part');
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

function putBack(kept: string, folder: string): void {
  for (const piece of pieces) rmSync(join(folder, piece), { recursive: true, force: true });
  copy(kept, folder);
}

function copy(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const piece of pieces)
    if (existsSync(join(from, piece))) cpSync(join(from, piece), join(to, piece), { recursive: true });
}
