import type { AttributeChange } from '../report';
import { marksAt } from './collect';
import { field, isRecord, jsonText } from './json';
import type { Known } from './hide';
import { joined } from './walk';

const deepest = 20;

interface Side {
  readonly value: unknown;
  readonly mark: unknown;
}

/** Values that stay, and that become sensitive or are no longer. */
export function sensitivityChanges(before: Side, after: Side, known: Known, path = '', depth = 0): AttributeChange[] {
  if (depth > deepest || before.value === null || before.value === undefined) return [];
  if ((before.mark === true) !== (after.mark === true)) return changeOf(before, after, path);
  if (before.mark === true || !(hasMark(before.mark) || hasMark(after.mark))) return [];
  return keysOf(before.value, after.value).flatMap((key) => {
    const [former, later] = [sideAt(before, key), sideAt(after, key)];
    // Most names have no mark on either side.
    if (!(hasMark(former.mark) || hasMark(later.mark))) return [];
    const inside = typeof key === 'number' ? `${path}[${key}]` : joined({ path, known }, key);
    return sensitivityChanges(former, later, known, inside, depth + 1);
  });
}

function changeOf(before: Side, after: Side, path: string): AttributeChange[] {
  if (jsonText(before.value) !== jsonText(after.value)) return [];
  const word = ({ mark }: Side): string => (mark === true ? 'sensitive' : 'not sensitive');
  return [{ path, change: 'sensitivity', before: word(before), after: word(after) }];
}

const hasMark = (mark: unknown): boolean =>
  mark === true || (typeof mark === 'object' && mark !== null && Object.keys(mark).length > 0);

function keysOf(before: unknown, after: unknown): (string | number)[] {
  if (Array.isArray(before) && Array.isArray(after)) return before.map((_, index) => index);
  return isRecord(before) && isRecord(after) ? Object.keys(before).sort() : [];
}

function sideAt({ value, mark }: Side, key: string | number): Side {
  const inner = Array.isArray(value)
    ? (value[Number(key)] as unknown)
    : isRecord(value)
      ? field(value, String(key))
      : undefined;
  return { value: inner, mark: marksAt([mark], key)[0] };
}
