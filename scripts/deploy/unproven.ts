import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** What is still owed after an apply: its machines must answer, and the replaced ones must be back in their balancer. */
export interface Debt {
  /** Something that stood before was made anew. */
  readonly replaced: boolean;
}

/** Stacks that were applied and not yet proven. It outlives the run: a kill or a silent machine must not be forgotten. */
export interface Unproven {
  of(stack: string): Debt | undefined;
  /** To be called before the apply. A debt that is there already is kept. */
  owe(stack: string, debt: Debt): void;
  settle(stack: string): void;
}

/** Kept in a file, which goes when nothing is owed. */
export function unprovenIn(file: string): Unproven {
  let debts = read(file);
  const keep = (changed: Readonly<Record<string, Debt>>): void => write(file, (debts = changed));
  return {
    of: (stack) => debts[stack],
    owe: (stack, { replaced }) =>
      keep({ ...debts, [stack]: { replaced: replaced || (debts[stack]?.replaced ?? false) } }),
    settle: (stack) => {
      if (!(stack in debts)) return;
      const { [stack]: _, ...rest } = debts;
      keep(rest);
    },
  };
}

const read = (file: string): Readonly<Record<string, Debt>> =>
  existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, Debt>) : {};

/** Whoever reads it, after whatever kill, reads it whole. */
function write(file: string, debts: Readonly<Record<string, Debt>>): void {
  if (Object.keys(debts).length === 0) return rmSync(file, { force: true });
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, JSON.stringify(debts));
  renameSync(`${file}.new`, file);
}
