import { evaluate, type Lookup } from './evaluate';
import { refusePlanting } from './not-plantable';
import type { StackPlan } from './plan-of-stack';
import type { Output } from './state';
import { withoutMarks, type Typed } from './typed';

/** What the names of a stack stand for, as far as it has come. */
export class StackValues {
  private readonly objects = new Map<string, Typed>();
  private readonly locals = new Map<string, Typed>();

  constructor(
    private readonly plan: StackPlan,
    private readonly variables: ReadonlyMap<string, Typed>,
  ) {}

  /** From now on an address stands for an object. */
  set(address: string, value: Typed): void {
    this.objects.set(address, value);
  }

  readonly lookup: Lookup = (root, name) => {
    if (root === 'local') return this.local(name);
    const found = root === 'var' ? this.variables.get(name) : this.objects.get(root === 'data' ? `data.${name}` : name);
    return found ?? refusePlanting(`${root} ${name} is not there`);
  };

  /** The same, for the conditions of an object about itself. */
  of(self: Typed): Lookup {
    return (root, name) => (root === 'self' ? self : this.lookup(root, name));
  }

  /** What the stack exports; null is not kept. */
  outputs(): Readonly<Record<string, Output>> {
    const found = [...this.plan.outputs].map(([name, { node, sensitive }]): [string, Output] => {
      const value = evaluate(node, this.lookup);
      if (value.marks.length > 0 && !sensitive) refusePlanting(`the output ${name}, which must be sensitive`);
      return [name, { value: withoutMarks(value), sensitive }];
    });
    return Object.fromEntries(found.filter(([, { value }]) => value.value !== null));
  }

  private local(name: string): Typed {
    const node = this.plan.locals.get(name) ?? refusePlanting(`there is no local.${name}`);
    const value = this.locals.get(name) ?? evaluate(node, this.lookup);
    this.locals.set(name, value);
    return value;
  }
}
