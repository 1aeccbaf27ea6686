import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ProblemsError, refuse } from '../../constructs/contract/problem';
import type { PlatformDescription } from '../../stacks/description/description';
import type { CliContext } from '../cli/context';
import { describeRevision } from '../review/sides/side';

export interface Sides {
  readonly base: PlatformDescription;
  readonly head: PlatformDescription;
}

/** Both sides of `--change`. @throws ProblemsError for a side that does not exist or is no description */
export async function describeSides(change: string, topology: string, context: CliContext): Promise<Sides> {
  const [base, head] = splitChange(change, context.cwd);
  const work = mkdtempSync(join(tmpdir(), 'watari-map-'));
  try {
    const describe = async (revision: string, where: 'BASE' | 'HEAD'): Promise<PlatformDescription> => {
      const side = await describeRevision(revision === '' ? undefined : revision, where, { topology, work }, context);
      return checkLists(side.description, where);
    };
    return { base: await describe(base, 'BASE'), head: await describe(head, 'HEAD') };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** `BASE..HEAD`; folders may have dots in their names. An absent head is the working tree. */
export function splitChange(change: string, cwd: string): readonly [string, string] {
  const places = [...change.matchAll(/(?=\.\.)/g)].map(({ index }) => index);
  const splits = places.map((at) => [change.slice(0, at), change.slice(at + 2)] as const);
  const isFolder = (side: string): boolean => existsSync(join(resolve(cwd, side), 'manifest.json'));
  const folders = splits.find(([base, head]) => base !== '' && isFolder(base) && (head === '' || isFolder(head)));
  const [only, ...others] = splits;
  const found = folders ?? (others.length === 0 && only?.[0] !== '' ? only : undefined);
  if (found) return found;
  const fix = 'Write two revisions with two dots between them, `--change main..HEAD`, or two folders.';
  throw new ProblemsError([{ path: '--change', message: 'names no two sides', value: change, fix }]);
}

const lists = ['sites', 'stacks', 'machines', 'devices', 'balancers', 'links', 'names'] as const;

/** A file that was cut or written by something else is refused before it is drawn. */
function checkLists(description: PlatformDescription, where: string): PlatformDescription {
  const fix = 'Write it again with `watari synth --describe -o FOLDER`.';
  refuse(
    lists
      .filter((name) => !isListOfObjects(description[name]))
      .map((name) => ({
        path: `${where}: ${name}`,
        message: 'is not what a description of a platform has there',
        fix,
      })),
  );
  return description;
}

function isListOfObjects(value: unknown): boolean {
  return Array.isArray(value) && value.every((one) => typeof one === 'object' && one !== null);
}
