import type { CliContext } from './context';

/** A commander action that keeps the implementation's answer as the exit code of the process. */
export function runWith<Arguments extends unknown[]>(
  context: CliContext,
  implementation: (...args: Arguments) => Promise<number>,
): (...args: Arguments) => Promise<void> {
  return async (...args) => {
    context.outcome.exitCode = await implementation(...args);
  };
}
