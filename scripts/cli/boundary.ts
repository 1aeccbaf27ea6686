import { CommanderError } from 'commander';
import { ProblemsError } from '../../constructs/contract/problem';
import { wantsColours, type CliContext } from './context';
import { ExitCode } from './exit-code';
import { printJson } from './output';
import { formatProblems } from './problems';
import { createColors } from 'picocolors';

/** Runs a command line to its exit code; whatever is thrown inside is said once, here. */
export async function withErrorBoundary(
  context: CliContext,
  json: boolean,
  work: () => Promise<number>,
): Promise<number> {
  try {
    return await work();
  } catch (error) {
    return report(context, json, error);
  }
}

function report(context: CliContext, json: boolean, error: unknown): ExitCode {
  // Commander has printed its own usage errors and help by now.
  if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.done : ExitCode.badInput;
  if (error instanceof ProblemsError) {
    const colours = createColors(wantsColours(context.env, context.stderr));
    if (json) printJson(context, { problems: error.problems });
    else context.stderr.write(formatProblems(error.problems, colours));
    return ExitCode.badInput;
  }
  context.stderr.write(describeInternalError(context, error));
  return ExitCode.internalError;
}

function describeInternalError(context: CliContext, error: unknown): string {
  if (context.env.WATARI_DEBUG) return `${error instanceof Error ? error.stack : String(error)}\n`;
  const message = error instanceof Error ? error.message : String(error);
  return (
    `Watari failed, and the fault is its own: ${message}\n` +
    'Run the same command with WATARI_DEBUG=1 to get the trace, and report both.\n'
  );
}
