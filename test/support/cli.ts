import { createColors } from 'picocolors';
import type { CliContext, Writer } from '../../scripts/cli/context';

export interface RecordedContext extends CliContext {
  /** Everything written so far. */
  readonly written: { stdout: string; stderr: string };
}

/** A command's world in memory: no colours, nothing of this process's environment. */
export function recordedContext(options: Partial<Pick<CliContext, 'env' | 'root' | 'cwd'>> & { tty?: boolean } = {}) {
  const written = { stdout: '', stderr: '' };
  const writer = (stream: 'stdout' | 'stderr'): Writer => ({
    isTTY: options.tty ?? false,
    write: (text: string) => (written[stream] += text),
  });
  const context: RecordedContext = {
    root: options.root ?? process.cwd(),
    cwd: options.cwd ?? process.cwd(),
    env: options.env ?? {},
    stdout: writer('stdout'),
    stderr: writer('stderr'),
    colours: createColors(false),
    outcome: { exitCode: 0 },
    written,
  };
  return context;
}
