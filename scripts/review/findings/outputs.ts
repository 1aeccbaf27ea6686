import { groupBy } from '../../../constructs/util/group';
import type { StackFiles } from '../engine/stack-files';
import type { Finding } from '../report';
import { counted, finding, type OutputChange, type ReviewContext } from './context';

/** What a stack exports otherwise than before, and who reads it. */
export function outputFindings({ outputs, files }: ReviewContext): Finding[] {
  return [...groupBy(outputs, ({ stack }) => stack)].map(([stack, changes]) => {
    const details = changes.map((change) => describe(change, readersOf(change, files.head)));
    const lost = changes.some((change) => change.change === 'removed' && readersOf(change, files.head).length > 0);
    return finding({
      rule: 'output',
      decision: lost,
      stack,
      title: `${counted(changes.length, 'output')} of ${stack} ${changes.length === 1 ? 'changes' : 'change'}`,
      details,
    });
  });
}

function readersOf({ stack, key }: OutputChange, stacks: ReadonlyMap<string, StackFiles>): string[] {
  const handle = key.replace(/^handles\./, '');
  const readers = [...stacks.values()].filter(({ reads }) => {
    const keys = reads.get(stack);
    return keys !== undefined && (keys.has('*') || keys.has(handle));
  });
  return readers.map(({ id }) => id);
}

const words: Readonly<Record<OutputChange['change'], string>> = {
  added: 'is new',
  removed: 'is gone',
  changed: 'changes',
  unknown: 'is known after the apply',
};

const describe = ({ key, change }: OutputChange, readers: readonly string[]): string =>
  `${key} ${words[change]}; ${readers.length > 0 ? `read by ${readers.join(', ')}` : 'nobody reads it'}`;
