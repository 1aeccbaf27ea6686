/** A planned value, or a set of replacing paths, in which the sandbox is not the provider. */
export interface Difference {
  readonly type: string;
  /** Without indices; `(replacement)` where the paths differ that replace the resource, `(plan)` where one refuses. */
  readonly path: string;
  /** `create`, or what was changed: `subnet_id dropped: nothing`. */
  readonly change: string;
  readonly real: string;
  readonly sandbox: string;
}

/** Differences of one place for one reason; of their values the first. */
export interface Differences extends Difference {
  readonly reason: string;
  readonly count: number;
}

/** A value that a plan does not know, as both are shown. */
export const unknownText = '(known after apply)';
export const replacementPath = '(replacement)';
export const planPath = '(plan)';

const nothing = ['null', '""', '0', 'false', '[]', '{}'];

function reasonOf({ path, real, sandbox }: Difference): string {
  if (path === planPath) return 'only one of them plans this change';
  if (path === replacementPath) return 'the provider replaces on a condition of its own';
  if (nothing.includes(real) && nothing.includes(sandbox)) return 'two ways to write down nothing';
  if (real === unknownText) return 'the provider leaves it open, by code of its own';
  if (sandbox === unknownText) return 'the provider knows it when it plans, by code of its own';
  return 'the provider fills it in or keeps it, by code of its own';
}

/** Differences by place and reason, those of most changes first. */
export function gathered(all: readonly Difference[]): Differences[] {
  const groups = new Map<string, Differences>();
  for (const one of all) {
    const reason = reasonOf(one);
    const key = `${one.type} ${one.path} ${reason}`;
    const known = groups.get(key);
    groups.set(key, { ...(known ?? one), reason, count: (known?.count ?? 0) + 1 });
  }
  return [...groups.values()].sort((a, b) => (a.type === b.type ? b.count - a.count : a.type < b.type ? -1 : 1));
}
