/** What a plan does: addresses with their actions, as `terraform show -json` has them; `output.NAME` for outputs. */
export type Plan = Readonly<Record<string, readonly string[]>>;

const isOutput = (name: string): boolean => name.startsWith('output.');
const modeOf = (address: string): string => (address.startsWith('data.') ? 'data' : 'managed');

/** `terraform show -json` of the saved plan. */
export const shownPlan = (plan: Plan): string =>
  JSON.stringify({
    resource_changes: Object.entries(plan)
      .filter(([name]) => !isOutput(name))
      .map(([address, actions]) => ({ address, mode: modeOf(address), change: { actions } })),
  });

/** Actions that `plan -json` calls otherwise; it says nothing of what stays as it is. */
const names: Readonly<Record<string, string>> = { forget: 'remove' };

/** The lines of `terraform plan -json`. */
export function planLines(plan: Plan): string {
  const outputs = Object.fromEntries(
    Object.entries(plan).flatMap(([name, [action]]) =>
      isOutput(name) ? [[name, { action: action === 'no-op' ? 'noop' : action }]] : [],
    ),
  );
  const changes = Object.entries(plan).flatMap(([addr, [action = '', ...more]]) => {
    if (isOutput(addr) || action === 'no-op' || action === 'read') return [];
    const change = { resource: { addr }, action: more.length > 0 ? 'replace' : (names[action] ?? action) };
    return [{ '@message': `${addr}: Plan to ${change.action}`, type: 'planned_change', change }];
  });
  const lines = [{ type: 'version', terraform: '1.11.4' }, ...changes, { type: 'outputs', outputs }];
  return `A warning about the command line.\n${lines.map((line) => JSON.stringify(line)).join('\n')}\n`;
}
