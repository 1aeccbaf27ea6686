import type { Scope } from '../../constructs/contract/simulation';
import type { Cloud } from './cloud';
import type { CloudObject, Fault, Settings } from './objects';
import { fromJson, isFields, toJson, type Fields, type Value } from './values';

/** An object as a list shows it. */
export interface ListedObject {
  readonly type: string;
  readonly id: string;
  readonly name: string;
  readonly scope: Scope;
  /** The stack that deployed it, as far as the sandbox was told. */
  readonly owner: string;
  /** Whether Terraform made it, the cloud by itself (an instance of a group), or nobody: it was there before. */
  readonly origin: CloudObject['origin'];
  readonly attributes: Fields;
}

export interface ObjectFilter {
  /** Exact type. */
  readonly type?: string;
  readonly owner?: string;
  /** @default terraform and cloud */
  readonly origins?: readonly CloudObject['origin'][];
}

/** What exists, sorted by type and id. */
export function listObjects(
  cloud: Cloud,
  { type, owner, origins = ['terraform', 'cloud'] }: ObjectFilter = {},
): readonly ListedObject[] {
  const all = type === undefined ? cloud.refresh().objects.all() : cloud.refresh().objects.ofType(type);
  const wanted = all.filter(
    (object) => origins.includes(object.origin) && (owner === undefined || object.owner === owner),
  );
  return wanted.map(listed);
}

function listed({ type, id, scope, owner, origin, attributes }: CloudObject): ListedObject {
  const name = attributes['name'] ?? attributes['hostname'] ?? '';
  return { type, id, name: typeof name === 'string' ? name : '', scope, owner, origin, attributes };
}

/** Removes an object, and what the cloud made for it, behind Terraform's back. Throws when there is none, or several, of that type and id. */
export function removeObject(cloud: Cloud, type: string, id: string): void {
  cloud.transact(() => {
    const { key } = theObject(cloud, type, id);
    const made = cloud.objects.madeFor(key).map((object) => object.key);
    return { result: undefined, entry: { drop: [key, ...made] } };
  });
}

/** Changes top-level attributes of an object behind Terraform's back. Throws as `removeObject`, and for an attribute that it does not have. */
export function changeObject(
  cloud: Cloud,
  type: string,
  id: string,
  attributes: Readonly<Record<string, Value>>,
): void {
  cloud.transact(() => {
    const object = theObject(cloud, type, id);
    const unknown = Object.keys(attributes).find((name) => !(name in object.attributes));
    if (unknown !== undefined)
      throw new Error(
        `${type} "${id}" has no attribute ${unknown}: it has ${Object.keys(object.attributes).join(', ')}`,
      );
    const old = fromJson(object.attributes);
    const fields = toJson({ ...(isFields(old) ? old : {}), ...attributes }) as Fields;
    return { result: undefined, entry: { put: [{ ...object, attributes: fields }] } };
  });
}

/** A message names no more objects than these. */
const most = 10;

function theObject(cloud: Cloud, type: string, id: string): CloudObject {
  const all = cloud.objects.ofType(type);
  const found = all.filter((object) => object.id === id || object.key === id);
  const [object] = found;
  if (object && found.length === 1) return object;
  if (object)
    throw new Error(
      `${found.length} objects are ${type} "${id}": name one by its key: ${found.map(({ key }) => key).join(', ')}`,
    );
  const shown = all.slice(0, most).map((other) => listed(other).name || other.id);
  const more = all.length > most ? ` and ${all.length - most} more` : '';
  throw new Error(
    `there is no ${type} "${id}" in the simulated cloud${shown.length ? `: there are ${shown.join(', ')}${more}` : ''}`,
  );
}

/** Takes a prerequisite away: from now on the API fails as without it. */
export function withhold(cloud: Cloud, prerequisite: string): void {
  cloud.change((now) => ({ ...now, withheld: [...now.withheld.filter((id) => id !== prerequisite), prerequisite] }));
}

/** Gives it back. */
export function grant(cloud: Cloud, prerequisite: string): void {
  cloud.change((now) => ({ ...now, withheld: now.withheld.filter((id) => id !== prerequisite) }));
}

/**
 * Sets a quota's bound.
 * @param within one place only, in the order of the quota's own `within`: `['live', 'asia-northeast1']`. @default everywhere
 */
export function setQuota(cloud: Cloud, quota: string, limit: number, within: readonly string[] = []): void {
  cloud.change((now) => ({ ...now, quotas: { ...now.quotas, [[quota, ...within].join('|')]: limit } }));
}

/** Makes something go wrong; a fault of the same id is replaced. */
export function injectFault(cloud: Cloud, fault: Fault): void {
  cloud.change((now) => ({ ...now, faults: [...now.faults.filter(({ id }) => id !== fault.id), fault] }));
}

/** Ends a fault, or all of them. */
export function clearFaults(cloud: Cloud, id?: string): void {
  cloud.change((now): Settings => ({
    ...now,
    faults: id === undefined ? [] : now.faults.filter((fault) => fault.id !== id),
  }));
}
