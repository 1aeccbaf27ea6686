import type { CliContext } from './context';

/** One line on stdout. */
export function print(context: CliContext, text = ''): void {
  context.stdout.write(`${text}\n`);
}

/** One line on stderr: progress, hints and warnings, so that stdout can be piped. */
export function note(context: CliContext, text: string): void {
  context.stderr.write(`${text}\n`);
}

/** The whole answer of a command under `--json`: exactly one document on stdout. */
export function printJson(context: CliContext, value: unknown): void {
  print(context, JSON.stringify(value, null, 2));
}
