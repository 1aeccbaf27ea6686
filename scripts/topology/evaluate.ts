import { Module, createRequire } from 'node:module';
import { dirname, relative } from 'node:path';
import { runInThisContext } from 'node:vm';
import type { BuildFailure, Message } from 'esbuild';
import type { Problem } from '../../constructs/contract/problem';

type Evaluated = { readonly module: { readonly default?: unknown } } | { readonly problems: readonly Problem[] };

/** Compiles one TypeScript file with what it imports, and runs it. What is wrong with it comes as problems. */
export async function evaluateTypeScript(file: string): Promise<Evaluated> {
  const compiled = await compile(file);
  if ('problems' in compiled) return compiled;
  try {
    return { module: run(compiled.code, file) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { problems: [{ path: shorten(file), message: `fails when it is run: ${reason}`, fix: 'mend the file' }] };
  }
}

async function compile(file: string): Promise<{ readonly code: string } | { readonly problems: readonly Problem[] }> {
  const { build } = await import('esbuild');
  try {
    const options = { bundle: true, platform: 'node', format: 'cjs', write: false, logLevel: 'silent' } as const;
    const { outputFiles } = await build({ ...options, entryPoints: [file] });
    return { code: outputFiles[0]?.text ?? '' };
  } catch (error) {
    return { problems: (error as BuildFailure).errors.map(toProblem) };
  }
}

function toProblem({ text, location }: Message): Problem {
  const path = location ? `${shorten(location.file)}:${location.line}:${location.column + 1}` : '--topology';
  return { path, message: text, ...(location && { value: location.lineText.trim() }), fix: 'mend this line' };
}

function run(code: string, file: string): { readonly default?: unknown } {
  const module = { exports: {} };
  const body = runInThisContext(Module.wrap(code), { filename: file }) as (...args: unknown[]) => void;
  body(module.exports, createRequire(file), module, file, dirname(file));
  return module.exports;
}

function shorten(file: string): string {
  const inside = relative(process.cwd(), file);
  return inside.startsWith('..') ? file : inside;
}
