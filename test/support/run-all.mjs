// `npm test`: types, lint and formatting beside the tests, everything reported, the counts on the last line.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const summaryFile = join(root, '.watari', `test-summary-${process.pid}.json`);
/**
 * Megabytes of V8's space for what is young, in Jest and its workers: each file of tests loads its modules anew, and with
 * the default of 16 an eighth of the quick ones' time went into collecting them.
 */
const youngSpace = '--max-semi-space-size=64';
const bin = (name) => join(root, 'node_modules', '.bin', name);

mkdirSync(dirname(summaryFile), { recursive: true });
execFileSync(process.execPath, [join(root, 'bin', 'bindings.mjs')], { stdio: 'inherit' });

const checks = runChecks();
const outcome = await runTests(process.argv.slice(2));
for (const { name, code, output } of await checks) {
  process.stdout.write(code === 0 ? `ok      ${name}\n` : `${output}\nFAILED  ${name}\n`);
  if (code === 0) outcome.passed += 1;
  else outcome.failed += 1;
}
const skipped = outcome.skipped > 0 ? `, ${outcome.skipped} skipped` : '';
process.stdout.write(`\n${outcome.passed} passed, ${outcome.failed} failed${skipped}\n`);
process.exitCode = outcome.failed > 0 ? 1 : 0;

/** One after the other, on one core, while the tests have the rest. */
async function runChecks() {
  const formatting = [bin('prettier'), '--check', '--log-level', 'warn', '.'];
  return [...(await checkTypesAndLint()), { name: 'formatting', ...(await capture(formatting)) }];
}

async function checkTypesAndLint() {
  const { code, stdout, output } = await capture([join(root, 'test', 'support', 'types-and-lint.mjs'), root]);
  return code === 0 ? JSON.parse(stdout) : [{ name: 'types and lint', code, output }];
}

async function runTests(args) {
  const env = { ...process.env, WATARI_TEST_SUMMARY: summaryFile };
  const jest = spawn(process.execPath, [youngSpace, bin('jest'), ...args], { cwd: root, env, stdio: 'inherit' });
  const code = await new Promise((resolve) => jest.once('close', resolve));
  if (!existsSync(summaryFile)) return { passed: 0, failed: 1, skipped: 0 };
  const { passed, failed, skipped } = JSON.parse(readFileSync(summaryFile, 'utf8'));
  rmSync(summaryFile);
  return { passed, failed: code !== 0 && failed === 0 ? 1 : failed, skipped };
}

function capture(program) {
  const child = spawn(process.execPath, program, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let [output, stdout] = ['', ''];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  child.stdout.on('data', (chunk) => (stdout += chunk));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, stdout, output })));
}
