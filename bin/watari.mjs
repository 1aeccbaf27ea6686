#!/usr/bin/env node
// Starts the bundle that was built from exactly the sources in the checkout; builds it first when there is none.
import { existsSync } from 'node:fs';
import { bundlePath, repositoryRoot } from './sources.mjs';
import { start } from './start.mjs';

const major = Number(process.versions.node.split('.')[0]);
if (major < 20) {
  process.stderr.write(`Watari needs Node 20 or later; this is ${process.version}. Install a newer Node.\n`);
  process.exit(2);
}

const current = bundlePath(repositoryRoot);
const bundle = existsSync(current) ? current : await build();
if (bundle) await start(bundle);

/** Builds the bundle and returns its path; nothing, with the reason printed, when the sources do not compile. */
async function build() {
  try {
    const { ensureBundle } = await import('./build.mjs');
    return await ensureBundle(repositoryRoot);
  } catch (error) {
    process.stderr.write(`${await explain(error)}\n`);
    process.exitCode = 2;
    return undefined;
  }
}

async function explain(error) {
  if (error?.code === 'ERR_MODULE_NOT_FOUND') {
    return `A dependency is not installed: run \`npm ci\` in ${repositoryRoot}.\n${error.message}`;
  }
  if (!Array.isArray(error?.errors)) return process.env.WATARI_DEBUG ? error.stack : String(error.message);
  const { formatMessages } = await import('esbuild');
  return (await formatMessages(error.errors, { kind: 'error', color: process.stderr.isTTY })).join('');
}
