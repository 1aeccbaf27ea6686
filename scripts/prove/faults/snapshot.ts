import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { sandboxPlace } from '../../sandbox/place';

const parts = ['cloud.json', 'states', 'stacks.json'];

/** A cloud and its states as they are, to be had again. Returns what puts them back. */
export function snapshot(home: string, topology: string): () => void {
  const { home: folder } = sandboxPlace(home, topology);
  const kept = `${folder}.kept`;
  rmSync(kept, { recursive: true, force: true });
  mkdirSync(kept, { recursive: true });
  copy(folder, kept);
  return () => {
    for (const part of parts) rmSync(join(folder, part), { recursive: true, force: true });
    copy(kept, folder);
  };
}

function copy(from: string, to: string): void {
  for (const part of parts)
    if (existsSync(join(from, part))) cpSync(join(from, part), join(to, part), { recursive: true });
}

/** As if nothing had ever been deployed. */
export function forget(home: string, topology: string): void {
  rmSync(sandboxPlace(home, topology).home, { recursive: true, force: true });
}
