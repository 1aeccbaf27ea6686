import { listFacts, parseFacts } from '../facts/store';
import { repositoryRoot } from '../cli/repository-root';

let known: ReadonlyMap<string, readonly string[]> | undefined;

/** Top-level attributes of a type whose change replaces it, as the facts of the provider have them; none for unknown types. */
export function forcingAttributes(type: string): readonly string[] {
  known ??= readForcing();
  return known.get(type) ?? [];
}

function readForcing(): ReadonlyMap<string, readonly string[]> {
  const facts = listFacts(repositoryRoot()).map(parseFacts);
  return new Map(
    facts.flatMap(({ resources }) =>
      Object.entries(resources).map(([type, { force_new: paths = [] }]) => {
        return [type, [...new Set(paths.map((path) => path.split('.')[0] ?? path))]] as const;
      }),
    ),
  );
}
