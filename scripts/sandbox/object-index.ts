import type { CloudObject } from './objects';

/** Objects by every way in which the cloud looks for them. */
export class ObjectIndex {
  private readonly objects = new Map<string, CloudObject>();
  private readonly types = new Map<string, Map<string, CloudObject>>();
  private readonly sorted = new Map<string, readonly CloudObject[]>();
  private readonly texts = new Map<string, Map<string, readonly CloudObject[]>>();
  private readonly claims = new Map<string, string>();
  private readonly holders = new Map<string, Set<string>>();
  private readonly effects = new Map<string, Set<string>>();
  private readonly usage = new Map<string, number>();
  private readonly identities = new Map<string, Set<string>>();

  private withheld: readonly string[] = [];

  /** How many objects Terraform has made. */
  deployed = 0;

  /** From now on nobody finds the objects that need one of these prerequisites. */
  withhold(prerequisites: readonly string[]): void {
    this.withheld = prerequisites;
    this.sorted.clear();
    this.texts.clear();
  }

  get(key: string): CloudObject | undefined {
    return this.find(key);
  }

  get size(): number {
    return this.objects.size;
  }

  all(): readonly CloudObject[] {
    return [...this.types.keys()].sort().flatMap((type) => this.ofType(type));
  }

  /** Those too that are withheld: what a file keeps. */
  kept(): readonly CloudObject[] {
    return [...this.objects.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
  }

  /** Objects of a type, sorted by key. */
  ofType(type: string): readonly CloudObject[] {
    const known = this.sorted.get(type);
    if (known) return known;
    const there = [...(this.types.get(type)?.values() ?? [])].filter((object) => this.isThere(object));
    const sorted = there.sort((a, b) => (a.key < b.key ? -1 : 1));
    this.sorted.set(type, sorted);
    return sorted;
  }

  /** Objects of a type by the text of one top-level attribute. */
  byText(type: string, attribute: string, text: string): readonly CloudObject[] {
    const name = `${type}|${attribute}`;
    const known = this.texts.get(name) ?? groupByText(this.ofType(type), attribute);
    this.texts.set(name, known);
    return known.get(text) ?? [];
  }

  /** Whose name or address it is. */
  claimant(claim: string): CloudObject | undefined {
    return this.find(this.claims.get(claim));
  }

  /** An object that refers to something, other than that thing itself. */
  holder(hold: string, except: string): CloudObject | undefined {
    const key = [...(this.holders.get(hold) ?? [])].sort().find((candidate) => candidate !== except);
    return this.find(key);
  }

  /** Objects that the cloud made for another. */
  madeFor(key: string): readonly CloudObject[] {
    return [...(this.effects.get(key) ?? [])].sort().flatMap((made) => this.find(made) ?? []);
  }

  used(quota: string): number {
    return this.usage.get(quota) ?? 0;
  }

  ofIdentity(identity: string): readonly CloudObject[] {
    return [...(this.identities.get(identity) ?? [])].flatMap((key) => this.find(key) ?? []);
  }

  put(object: CloudObject): void {
    this.drop(object.key);
    this.objects.set(object.key, object);
    if (object.origin === 'terraform') this.deployed++;
    within(this.types, object.type, () => new Map<string, CloudObject>()).set(object.key, object);
    if (this.isThere(object)) this.arrange(object, inserted);
    for (const claim of object.claims) this.claims.set(claim, object.key);
    for (const hold of object.holds) within(this.holders, hold, newSet).add(object.key);
    for (const [quota, amount] of Object.entries(object.uses)) this.usage.set(quota, this.used(quota) + amount);
    within(this.identities, object.identity, newSet).add(object.key);
    if (object.madeFor) within(this.effects, object.madeFor, newSet).add(object.key);
  }

  drop(key: string): void {
    const object = this.objects.get(key);
    if (!object) return;
    this.objects.delete(key);
    if (object.origin === 'terraform') this.deployed--;
    this.types.get(object.type)?.delete(key);
    this.arrange(object, without);
    for (const claim of object.claims) if (this.claims.get(claim) === key) this.claims.delete(claim);
    for (const hold of object.holds) this.holders.get(hold)?.delete(key);
    for (const [quota, amount] of Object.entries(object.uses)) this.usage.set(quota, this.used(quota) - amount);
    this.identities.get(object.identity)?.delete(key);
    if (object.madeFor) this.effects.get(object.madeFor)?.delete(key);
  }

  clear(): void {
    const maps = [
      this.objects,
      this.types,
      this.sorted,
      this.texts,
      this.claims,
      this.holders,
      this.effects,
      this.usage,
      this.identities,
    ];
    for (const map of maps) map.clear();
    this.deployed = 0;
  }

  /** Keeps what is sorted already: clouds of thousands are asked between any two changes. Lists that were given away stay. */
  private arrange(object: CloudObject, change: typeof inserted): void {
    const sorted = this.sorted.get(object.type);
    if (sorted) this.sorted.set(object.type, change(sorted, object));
    for (const [name, groups] of this.texts) {
      const text = name.startsWith(`${object.type}|`) ? textOf(object, name.slice(object.type.length + 1)) : undefined;
      if (text !== undefined) groups.set(text, change(groups.get(text) ?? [], object));
    }
  }

  private find(key: string | undefined): CloudObject | undefined {
    const object = key === undefined ? undefined : this.objects.get(key);
    return object && this.isThere(object) ? object : undefined;
  }

  private isThere({ prerequisites = [] }: CloudObject): boolean {
    return !prerequisites.some((id) => this.withheld.includes(id));
  }
}

function newSet(): Set<string> {
  return new Set();
}

function within<V>(map: Map<string, V>, key: string, make: () => V): V {
  const known = map.get(key) ?? make();
  map.set(key, known);
  return known;
}

/** The same list with an object in its place by key. */
function inserted(objects: readonly CloudObject[], object: CloudObject): readonly CloudObject[] {
  let [low, high] = [0, objects.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((objects[middle]?.key ?? '') < object.key) low = middle + 1;
    else high = middle;
  }
  return [...objects.slice(0, low), object, ...objects.slice(low)];
}

function without(objects: readonly CloudObject[], { key }: CloudObject): readonly CloudObject[] {
  return objects.filter((object) => object.key !== key);
}

function textOf(object: CloudObject, attribute: string): string | undefined {
  const value = object.attributes[attribute];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

function groupByText(objects: readonly CloudObject[], attribute: string): Map<string, readonly CloudObject[]> {
  const groups = new Map<string, CloudObject[]>();
  for (const object of objects) {
    const text = textOf(object, attribute);
    if (text !== undefined) within(groups, text, () => []).push(object);
  }
  return groups;
}
