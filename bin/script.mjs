// Compiles and runs one maintenance script: node bin/script.mjs FILE.ts [ARGUMENTS]
import { mkdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join, resolve } from 'node:path';
import { compileScript } from './build.mjs';
import { repositoryRoot } from './sources.mjs';

const [file = '', ...args] = process.argv.slice(2);
const folder = join(repositoryRoot, '.watari', 'scripts');
const compiled = join(folder, `${basename(file, '.ts')}-${process.pid}.cjs`);
mkdirSync(folder, { recursive: true });
process.once('exit', () => rmSync(compiled, { force: true }));
await compileScript(repositoryRoot, resolve(file), compiled);
const { main } = createRequire(import.meta.url)(compiled);
process.exitCode = (await main(args)) ?? 0;
