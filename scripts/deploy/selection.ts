import type { StackSpec } from '../../constructs/contract/stack';
import { type Problem, refuse } from '../../constructs/contract/problem';

export interface Selection {
  readonly site: readonly string[];
  readonly stack: readonly string[];
}

/**
 * The stacks that `--site` and `--stack` name; all without either.
 * @throws ProblemsError for names that do not exist
 */
export function selectStacks(specs: readonly StackSpec[], selection: Selection): StackSpec[] {
  const sites = [...new Set(specs.flatMap((spec) => [...spec.sites]))].sort();
  refuse([
    ...unknown('--site', selection.site, sites),
    ...unknown(
      '--stack',
      selection.stack,
      specs.map(({ id }) => id),
    ),
  ]);
  if (selection.site.length + selection.stack.length === 0) return [...specs];
  return specs.filter(
    (spec) => selection.stack.includes(spec.id) || spec.sites.some((site) => selection.site.includes(site)),
  );
}

function unknown(option: string, wanted: readonly string[], known: readonly string[]): Problem[] {
  return wanted
    .filter((name) => !known.includes(name))
    .map((name) => ({
      path: option,
      message: 'names nothing in this topology',
      value: name,
      bound: known.join(', '),
      fix: 'Use one of these.',
    }));
}
