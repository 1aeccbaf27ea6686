import { refusePlanting } from './not-plantable';
import { walk, type Node } from './syntax';

/** What depends on what within a stack, by address. */
export class Graph {
  private readonly closures = new Map<string, ReadonlySet<string>>();

  /** @param direct addresses that each address names itself */
  constructor(private readonly direct: ReadonlyMap<string, ReadonlySet<string>>) {}

  /** Everything that must be there first, as Terraform keeps it in states: sorted, with what those need in turn. */
  dependencies(address: string): readonly string[] {
    return [...this.closure(address, [])].sort();
  }

  /** Addresses so that each comes after what it needs; otherwise in the order given. */
  order(addresses: Iterable<string>): readonly string[] {
    const done = new Set<string>();
    const visit = (address: string): void => {
      if (done.has(address)) return;
      for (const needed of this.dependencies(address)) if (!done.has(needed)) visit(needed);
      done.add(address);
    };
    for (const address of addresses) visit(address);
    return [...done];
  }

  private closure(address: string, way: readonly string[]): ReadonlySet<string> {
    const known = this.closures.get(address);
    if (known) return known;
    if (way.includes(address)) refusePlanting(`a circle through ${address}`);
    const all = new Set<string>();
    for (const needed of this.direct.get(address) ?? []) {
      all.add(needed);
      for (const further of this.closure(needed, [...way, address])) all.add(further);
    }
    this.closures.set(address, all);
    return all;
  }
}

/** Addresses of resources and data that expressions name, also by way of locals. */
export class Naming {
  private readonly byLocal = new Map<string, ReadonlySet<string>>();

  constructor(
    private readonly locals: ReadonlyMap<string, Node>,
    private readonly addresses: ReadonlySet<string>,
  ) {}

  namedIn(expressions: readonly Node[]): Set<string> {
    const found = new Set<string>();
    for (const expression of expressions) {
      walk(expression, (node) => {
        if (node.kind !== 'reference') return;
        if (node.root === 'local') for (const address of this.ofLocal(node.name)) found.add(address);
        if (node.root === 'resource' || node.root === 'data') found.add(this.known(node.root, node.name));
      });
    }
    return found;
  }

  private known(root: 'resource' | 'data', name: string): string {
    const address = root === 'data' ? `data.${name}` : name;
    return this.addresses.has(address) ? address : refusePlanting(`there is no ${address}`);
  }

  private ofLocal(name: string): ReadonlySet<string> {
    const known = this.byLocal.get(name);
    if (known) return known;
    this.byLocal.set(name, new Set());
    const found = this.namedIn([this.locals.get(name) ?? refusePlanting(`there is no local.${name}`)]);
    this.byLocal.set(name, found);
    return found;
  }
}
