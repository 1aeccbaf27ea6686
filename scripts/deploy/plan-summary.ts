import { messagesIn } from './terraform-messages';

/** Addresses of resources, by what happens to them. */
export interface Changes {
  readonly create: readonly string[];
  readonly update: readonly string[];
  readonly replace: readonly string[];
  readonly destroy: readonly string[];
}

/** What a plan does. */
export interface PlanSummary extends Changes {
  readonly outputsChange: boolean;
}

/** @param output of `terraform plan -json`: it names what changes, and nothing else */
export function summarizePlan(output: string): PlanSummary {
  const messages = messagesIn(output);
  const planned = messages.flatMap(({ type, change }) => (type === 'planned_change' && change ? [change] : []));
  const having = (action: string): string[] =>
    planned.filter((change) => change.action === action).map(({ resource }) => resource.addr);
  const outputs = messages.flatMap(({ type, outputs = {} }) => (type === 'outputs' ? Object.values(outputs) : []));
  return {
    create: having('create'),
    update: having('update'),
    replace: having('replace'),
    destroy: having('delete'),
    outputsChange: outputs.some(({ action }) => action !== 'noop'),
  };
}

interface PlanJson {
  readonly resource_changes?: readonly {
    readonly address: string;
    readonly mode?: string;
    readonly change: { readonly actions: readonly string[] };
  }[];
}

/** Every resource that the configuration has after a plan. @param text of `terraform show -json` of the saved plan */
export function keptResources(text: string): string[] {
  const { resource_changes: changes = [] } = JSON.parse(text) as PlanJson;
  const goes = ([action, ...others]: readonly string[]): boolean =>
    others.length === 0 && (action === 'delete' || action === 'forget');
  return changes.filter(({ mode, change }) => mode !== 'data' && !goes(change.actions)).map(({ address }) => address);
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

export const outputsOnly = 'outputs only';

export function describeSummary(summary: PlanSummary): string {
  const parts = (['create', 'update', 'replace', 'destroy'] as const).flatMap((kind) =>
    summary[kind].length > 0 ? [`${summary[kind].length} to ${kind}`] : [],
  );
  return parts.length > 0 ? parts.join(', ') : summary.outputsChange ? outputsOnly : 'nothing to change';
}
