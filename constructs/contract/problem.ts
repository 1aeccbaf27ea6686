/** One mistake in what a user wrote: where, what, why, and how to mend it. */
export interface Problem {
  /** Place in the topology (`sites.gcp.number`), or the path of the construct. */
  readonly path: string;
  /** What is wrong, as one sentence. */
  readonly message: string;
  /** The value that was found. */
  readonly value?: unknown;
  /** The bound that it breaks, with its unit. */
  readonly bound?: string;
  /** What to write instead. */
  readonly fix: string;
}

/** Everything that is wrong with an input, at once. The command line prints it without a stack trace and exits with 2. */
export class ProblemsError extends Error {
  constructor(readonly problems: readonly Problem[]) {
    super(problems.map(describeProblem).join('\n'));
    this.name = 'ProblemsError';
  }
}

export function describeProblem(problem: Problem): string {
  const value = problem.value === undefined ? '' : ` (found ${JSON.stringify(problem.value)})`;
  const bound = problem.bound === undefined ? '' : ` Bound: ${problem.bound}.`;
  return `${problem.path}: ${problem.message}${value}.${bound} ${problem.fix}`;
}

/** @throws ProblemsError when there is at least one problem */
export function refuse(problems: readonly Problem[]): void {
  if (problems.length > 0) throw new ProblemsError(problems);
}
