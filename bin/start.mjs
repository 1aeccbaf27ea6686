// Runs the bundle in this process, with V8's compiled code kept beside it: several MB need not be parsed again.
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { Module, createRequire } from 'node:module';
import { dirname } from 'node:path';
import { Script } from 'node:vm';

/** Loads the bundle and hands it the command line; its answer becomes the exit code. */
export async function start(bundle) {
  if (process.env.WATARI_DEBUG) process.setSourceMapsEnabled(true);
  // cdktf, which is archived, calls what newer Nodes deprecate: no user can mend that.
  else process.noDeprecation = true;
  // `watari show | head` closes the pipe early; that is no failure.
  process.stdout.on('error', (error) => process.exit(error.code === 'EPIPE' ? 0 : 1));
  const { main } = load(bundle, codeCachePath(bundle));
  process.exitCode = await main(process.argv.slice(2));
}

/** One cache for each command, since each compiles another part of the bundle. */
function codeCachePath(bundle) {
  const command = process.argv[2] ?? '';
  const name = /^[a-z]{1,20}$/.test(command) ? command : 'help';
  return `${bundle}.${process.version}-${process.arch}.${name}.cache`;
}

function load(bundle, cachePath) {
  const cachedData = readIfPresent(cachePath);
  const script = new Script(Module.wrap(readFileSync(bundle, 'utf8')), { filename: bundle, cachedData });
  if (!cachedData || script.cachedDataRejected) process.once('exit', () => keepCache(script, cachePath));
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(bundle), module, bundle, dirname(bundle));
  return module.exports;
}

function readIfPresent(path) {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

/** Written at the end, when every function that the command needs has been compiled; a failure costs time only. */
function keepCache(script, cachePath) {
  if (process.exitCode) return;
  try {
    writeFileSync(`${cachePath}.${process.pid}`, script.createCachedData());
    renameSync(`${cachePath}.${process.pid}`, cachePath);
  } catch {
    // A read-only checkout has no cache.
  }
}
