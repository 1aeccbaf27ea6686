import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { homeFolder } from '../../cli/home';
import type { CliContext } from '../../cli/context';

/** What programs said, in a file that stays when a build fails. */
export interface Log {
  readonly file: string;
  /** All of it so far. */
  readonly lines: readonly string[];
  readonly write: (line: string) => void;
  close(): void;
}

/** Begins the log of a name anew. */
export function openLog(name: string, context: Pick<CliContext, 'root' | 'cwd' | 'env'>): Log {
  const folder = join(homeFolder(context), 'images', 'logs');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name}.log`);
  const descriptor = openSync(file, 'w');
  const lines: string[] = [];
  const write = (line: string) => {
    lines.push(line);
    writeSync(descriptor, `${line}\n`);
  };
  return { file, lines, write, close: () => closeSync(descriptor) };
}
