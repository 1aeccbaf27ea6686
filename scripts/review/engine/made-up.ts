import { readFileSync } from 'node:fs';
import type { PlanFile } from '../plan/plan-file';

/** A text that is shorter may stand for anything. */
const leastLength = 6;
/** Handles that hold lists join them by commas. */
const separator = ',';

/**
 * Values that the simulated cloud has made up when a stack of the head was applied so that another could read them. At a real
 * deployment they are known when that stack has been applied: a plan that shows them must not look as if they were known now.
 */
export class MadeUp {
  private readonly labels = new Map<string, string>();

  /** @param state state file of a stack that was applied @param plan its plan: what it did not know was made up */
  learn(stack: string, state: string, plan: PlanFile): void {
    const { outputs = {} } = JSON.parse(readFileSync(state, 'utf8')) as {
      outputs?: Record<string, { value?: unknown }>;
    };
    for (const [name, { after_unknown: unknown }] of Object.entries(plan.output_changes ?? {})) {
      this.take(`${stack}`, name, outputs[name]?.value, unknown);
    }
  }

  private take(stack: string, at: string, value: unknown, unknown: unknown): void {
    if (typeof value === 'string' && unknown === true)
      return this.name(value, `known after the apply of ${stack}: ${at}`);
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      const open = unknown === true ? true : (unknown as Record<string, unknown> | null | undefined)?.[key];
      this.take(stack, `${at}.${key}`, inner, open);
    }
  }

  private name(value: string, label: string): void {
    for (const part of [value, ...value.split(separator)]) {
      if (part.length >= leastLength && !this.labels.has(part)) this.labels.set(part, `(${label})`);
    }
  }

  /** The plan with those values named by where they come from. What was there before stays what it was. */
  unmake(plan: PlanFile): PlanFile {
    if (this.labels.size === 0 || !plan.resource_changes) return plan;
    return {
      ...plan,
      resource_changes: plan.resource_changes.map((resource) => {
        const { before, after } = resource.change;
        return { ...resource, change: { ...resource.change, after: this.replaced(after, textsIn(before)) } };
      }),
    };
  }

  private replaced(value: unknown, before: ReadonlySet<string>): unknown {
    if (typeof value === 'string') return before.has(value) ? value : (this.labels.get(value) ?? this.inside(value));
    if (Array.isArray(value)) return value.map((item) => this.replaced(item, before));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, this.replaced(inner, before)]));
  }

  private inside(text: string): string {
    let named = text;
    for (const [value, label] of this.labels) if (named.includes(value)) named = named.replaceAll(value, label);
    return named;
  }
}

function textsIn(value: unknown, found = new Set<string>()): Set<string> {
  if (typeof value === 'string') found.add(value);
  else if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) textsIn(inner, found);
  return found;
}
