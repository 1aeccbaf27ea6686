import type { ListedObject } from '../../sandbox/control';

/**
 * What a simulated cloud holds, one line for each object, sorted: stack, type and name, and every attribute. Ids that
 * the cloud gave are written as the objects that they name, so that two runs that numbered differently read the same.
 */
export function contentsOf(objects: readonly ListedObject[]): string[] {
  const names = new Map(objects.map((object) => [object.id, `<${labelOf(object)}>`] as const));
  const ids = [...names.keys()].filter((id) => id.length >= shortestId).sort((a, b) => b.length - a.length);
  const lines = objects.map((object) => `${labelOf(object)} ${JSON.stringify(object.attributes)}`);
  return lines.map((line) => ids.reduce((text, id) => text.replaceAll(id, names.get(id) ?? id), line)).sort();
}

/** Shorter ones are numbers of devices, which say nothing when they are taken out. */
const shortestId = 8;

const labelOf = ({ owner, type, name }: ListedObject): string => `${owner} ${type} ${name}`;

/** What one has and the other has not; empty when they are the same. */
export function differencesOf(wanted: readonly string[], found: readonly string[]): string[] {
  const left = [...found];
  const lost = wanted.filter((line) => {
    const at = left.indexOf(line);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
  return [...lost.map((line) => `lost: ${line}`), ...left.map((line) => `too many: ${line}`)];
}
