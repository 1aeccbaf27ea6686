import { createColors } from 'picocolors';
import { repositoryRoot } from './repository-root';

export interface Writer {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
  write(text: string): unknown;
}

export type Colours = ReturnType<typeof createColors>;

/** What a command may know of the world; tests give their own. */
export interface CliContext {
  /** The checkout: sources, `.watari`, `cdktf.out`. */
  readonly root: string;
  /** Where the user stands: relative paths on the command line count from here. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: Writer;
  readonly stderr: Writer;
  /** For text on stdout; plain when NO_COLOR is set or stdout is no terminal. */
  readonly colours: Colours;
  /** What the command answered: an `ExitCode`, or that of the program which it ran. `runWith` sets it. */
  readonly outcome: { exitCode: number };
}

/** The context of the running process. */
export function processContext(): CliContext {
  const { env, stdout, stderr } = process;
  return {
    root: repositoryRoot(),
    cwd: process.cwd(),
    env,
    stdout,
    stderr,
    colours: createColors(wantsColours(env, stdout)),
    outcome: { exitCode: 0 },
  };
}

/** https://no-color.org: any value but the empty one switches colours off; FORCE_COLOR switches them on. */
export function wantsColours(env: CliContext['env'], writer: Writer): boolean {
  if (env.NO_COLOR) return false;
  return Boolean(env.FORCE_COLOR) || (writer.isTTY === true && env.TERM !== 'dumb');
}
