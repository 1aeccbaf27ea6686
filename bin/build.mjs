// Compiles the sources into one bundle, once for each state of the sources, whoever asks at the same time.
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fasterCdktf } from './cdktf.mjs';
import { bundlePath } from './sources.mjs';

const keptBundles = 5;
const lockOptions = {
  stale: 10_000,
  update: 2_000,
  retries: { retries: 1200, minTimeout: 100, maxTimeout: 100 },
  // Somebody took the lock for dead: then both build the same thing, and the first to finish is kept.
  onCompromised: () => undefined,
};

/** Builds what `bundlePath` names and returns it. Throws esbuild's errors when the sources do not compile. */
export async function ensureBundle(root) {
  return underLock(root, async () => {
    let bundle = bundlePath(root);
    while (!existsSync(bundle)) {
      await generateBindings(root);
      bundle = await compile(root, bundle);
    }
    return bundle;
  });
}

/** Generates the bindings that the facts ask for and that are not there yet. */
export async function ensureBindings(root) {
  await underLock(root, () => generateBindings(root));
}

async function generateBindings(root) {
  const compiled = join(root, '.watari', 'bindings', `generate-${process.pid}.cjs`);
  try {
    const source = join(root, 'scripts', 'bindings', 'generate.ts');
    await bundle({ entryPoints: [source], outfile: compiled, packages: 'external', sourcemap: false });
    await createRequire(import.meta.url)(compiled).generateBindings({ root });
  } finally {
    rmSync(compiled, { force: true });
  }
}

/** Compiles one maintenance script, its dependencies left where they are installed. */
export async function compileScript(root, source, outfile) {
  await ensureBindings(root);
  await bundle({ entryPoints: [source], outfile, packages: 'external', sourcemap: 'inline' });
}

/** Readers see the whole folder or none: it is made under another name, then renamed. Returns what is to be there. */
async function compile(root, target) {
  const temporary = `${dirname(target)}.${process.pid}.tmp`;
  try {
    await bundle({
      entryPoints: [join(root, 'scripts', 'watari.ts')],
      outfile: join(temporary, basename(target)),
    });
    // An edit during the build belongs to another bundle; this one would carry the wrong name.
    const current = bundlePath(root);
    if (current === target && !existsSync(target)) renameSync(temporary, dirname(target));
    dropOldBundles(dirname(dirname(target)), basename(dirname(target)));
    return current;
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** Compiles a program with everything inside, as `watari` itself is, or with cdktf as it is published. */
export async function compileProgram(root, source, outfile, plugins = [fasterCdktf]) {
  await ensureBindings(root);
  await bundle({ entryPoints: [source], outfile, plugins });
}

async function bundle(options) {
  const esbuild = await import('esbuild');
  await esbuild.build({
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    sourcemap: true,
    sourcesContent: false,
    logLevel: 'silent',
    // Large, and needed by few commands.
    external: ['esbuild', 'elkjs'],
    // Scripts started through `node:vm` cannot import(): what stays outside the bundle is required instead.
    supported: { 'dynamic-import': false },
    plugins: [fasterCdktf],
    ...options,
  });
}

function dropOldBundles(folder, current) {
  const age = (name) => statSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const old = readdirSync(folder).filter((name) => name !== current);
  old.sort((a, b) => age(b) - age(a));
  for (const name of old.slice(keptBundles - 1)) rmSync(join(folder, name), { recursive: true, force: true });
}

async function underLock(root, work) {
  const { default: lockfile } = await import('proper-lockfile');
  const folder = join(root, '.watari');
  mkdirSync(folder, { recursive: true });
  const release = await lockfile.lock(folder, { ...lockOptions, lockfilePath: join(folder, 'build.lock') });
  try {
    return await work();
  } finally {
    await release().catch(() => undefined);
  }
}
