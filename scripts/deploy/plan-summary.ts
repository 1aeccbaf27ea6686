/** Addresses of resources, by what happens to them. */
export interface Changes {
  readonly create: readonly string[];
  readonly update: readonly string[];
  readonly replace: readonly string[];
  readonly destroy: readonly string[];
}

/** What a saved plan does, from `terraform show -json`. */
export interface PlanSummary extends Changes {
  /** Every resource that the configuration has after the plan. */
  readonly kept: readonly string[];
  readonly outputsChange: boolean;
}

interface PlanJson {
  readonly resource_changes?: readonly {
    readonly address: string;
    readonly mode?: string;
    readonly change: { readonly actions: readonly string[] };
  }[];
  readonly output_changes?: Readonly<Record<string, { readonly actions: readonly string[] }>>;
}

export function summarizePlan(text: string): PlanSummary {
  const plan = JSON.parse(text) as PlanJson;
  const changes = (plan.resource_changes ?? []).filter((change) => change.mode !== 'data');
  const having = (test: (actions: readonly string[]) => boolean): string[] =>
    changes.filter(({ change }) => test(change.actions)).map(({ address }) => address);
  const is = (action: string) => (actions: readonly string[]) => actions.length === 1 && actions[0] === action;
  return {
    create: having(is('create')),
    update: having(is('update')),
    replace: having((actions) => actions.length === 2),
    destroy: having(is('delete')),
    kept: having((actions) => !is('delete')(actions) && !is('forget')(actions)),
    outputsChange: Object.values(plan.output_changes ?? {}).some(({ actions }) => actions[0] !== 'no-op'),
  };
}

/** What happened in two passes over one stack. */
export function joinChanges(one: Changes, other: Changes): Changes {
  return {
    create: [...one.create, ...other.create],
    update: [...one.update, ...other.update],
    replace: [...one.replace, ...other.replace],
    destroy: [...one.destroy, ...other.destroy],
  };
}

export const noChanges: Changes = { create: [], update: [], replace: [], destroy: [] };

export function describeSummary(summary: PlanSummary): string {
  const parts = (['create', 'update', 'replace', 'destroy'] as const).flatMap((kind) =>
    summary[kind].length > 0 ? [`${summary[kind].length} to ${kind}`] : [],
  );
  return parts.length > 0 ? parts.join(', ') : summary.outputsChange ? 'outputs only' : 'nothing to change';
}
