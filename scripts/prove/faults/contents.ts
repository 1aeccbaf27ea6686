import type { Provider } from '../../../constructs/contract/adapter';
import { registry } from '../../../constructs/providers/registry';
import type { ListedObject } from '../../sandbox/control';

/**
 * What a simulated cloud holds, one line for each object, sorted: stack, type and name, and every attribute. Ids that
 * the cloud gave are written as the objects that they name, so that two runs that numbered differently read the same.
 */
export function contentsOf(objects: readonly ListedObject[]): string[] {
  const names = new Map(objects.map((object) => [object.id, `<${labelOf(object)}>`] as const));
  const ids = [...names.keys()].filter((id) => id.length >= shortestId).sort((a, b) => b.length - a.length);
  const lines = objects.map((object) => `${labelOf(object)} ${JSON.stringify(ownAttributes(object))}`);
  return lines.map((line) => ids.reduce((text, id) => text.replaceAll(id, names.get(id) ?? id), line)).sort();
}

/** Shorter ones are numbers of devices, which say nothing when they are taken out. */
const shortestId = 8;

const labelOf = (object: ListedObject): string => `${object.owner} ${object.type} ${nameOf(object)}`;

/** A machine that is given is called as what runs on it calls itself. */
const nameOf = (object: ListedObject): string =>
  object.type === givenMachine ? (hostnamePattern.exec(JSON.stringify(object.attributes))?.[1] ?? '') : object.name;

/** MAAS gives any machine that fits, to whoever asks first: which one it is, is not up to the deploy. */
const givenMachine = 'maas_instance';
const ofTheMachine = ['id', 'hostname', 'fqdn'];
const hostnamePattern = /#cloud-config\\nhostname: ([^\\]+)/;

const resources = Object.values<Provider>(registry).flatMap(({ simulations }) =>
  simulations.map((one) => one.resources),
);

/** Without what the cloud derives from other objects at each read: it is as old as the last read, and they are compared. */
function ownAttributes({ type, attributes }: ListedObject): Readonly<Record<string, unknown>> {
  const derived = resources.flatMap((known) => Object.keys(known[type]?.observed ?? {}));
  const left = type === givenMachine ? [...derived, ...ofTheMachine] : derived;
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => !left.includes(name)));
}

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
