import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TemplateError } from './problem';
import { buildFile, marker, pluginsFile } from './render';

/**
 * Makes a folder hold what was rendered, and returns the names of the files that it changed or removed. Each appears
 * whole or not at all; one that is the same is left alone. Throws `TemplateError`, before anything is written, where
 * one of the names belongs to a file that this package did not make.
 */
export function write(folder: string, files: ReadonlyMap<string, string>): string[] {
  const names = [...new Set([...files.keys(), buildFile, pluginsFile])].sort();
  const before = new Map(names.map((name) => [name, readIfThere(join(folder, name))]));
  refuseForeign(folder, before);
  mkdirSync(folder, { recursive: true });
  const changed = names.filter((name) => before.get(name) !== files.get(name));
  for (const name of changed) replace(join(folder, name), files.get(name));
  return changed;
}

function refuseForeign(folder: string, before: ReadonlyMap<string, string | undefined>): void {
  const foreign = [...before].filter(([, text]) => text !== undefined && !text.includes(marker));
  if (foreign.length === 0) return;
  throw new TemplateError(
    foreign.map(([name]) => ({
      where: join(folder, name),
      what: 'a file that was not made by this package',
      why: 'it would be lost',
      fix: 'Move it away, or write to another folder',
    })),
  );
}

function readIfThere(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

function replace(file: string, text: string | undefined): void {
  if (text === undefined) return rmSync(file, { force: true });
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, text);
    renameSync(temporary, file);
  } finally {
    rmSync(temporary, { force: true });
  }
}
