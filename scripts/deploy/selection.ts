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

/**
 * Stacks outside a run that read what it has changed. They are named and not added to the run: they may read other stacks
 * too, which were never deployed or whose store is away.
 */
export function readersOf(
  specs: readonly StackSpec[],
  selected: readonly StackSpec[],
  done: readonly { readonly stack: string; readonly changed: boolean }[],
): string[] {
  const changed = done.filter((outcome) => outcome.changed).map(({ stack }) => stack);
  return specs
    .filter((spec) => !selected.includes(spec) && spec.dependsOn.some((id) => changed.includes(id)))
    .map(({ id }) => id);
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
