import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Measured } from './measure';
import { renderFidelity } from './report';

/** What was measured of one provider, and when: ISO 8601. */
export interface Recorded extends Measured {
  readonly date: string;
}

/** By `name@version`. */
export type Records = Readonly<Record<string, Recorded>>;

const fileOf = (root: string): string => join(root, 'docs', 'fidelity.json');

/** The figures that the page shows. */
export function readRecords(root: string): Records {
  const file = fileOf(root);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Records) : {};
}

/** Fresh figures in the place of kept ones; who was not measured this time stays, who is not measured any more goes. */
export function mergeRecords(kept: Records, fresh: Records, titles: readonly string[]): Records {
  const all = { ...kept, ...fresh };
  return Object.fromEntries(titles.flatMap((title) => (all[title] ? [[title, all[title]] as const] : [])));
}

/** Writes the figures and the page that shows them. */
export function writeRecords(root: string, records: Records): void {
  writeFileSync(fileOf(root), `${JSON.stringify(records, null, 2)}\n`);
  writeFileSync(join(root, 'docs', 'fidelity.md'), renderFidelity(records));
}
