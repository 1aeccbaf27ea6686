import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { notApplicable } from './requirements';

const root = join(__dirname, '..', '..');
const support = JSON.stringify(__dirname);
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'watari-outcomes-'));
  const transform = { '^.+\\.ts$': require.resolve('@swc/jest') };
  const reporters = [join(__dirname, 'outcome-reporter.js')];
  writeFileSync(join(folder, 'jest.config.json'), JSON.stringify({ rootDir: folder, transform, reporters }));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const absent = `{ name: 'abacus', install: 'apt-get install abacus', isPresent: () => false }`;
const needsAbacus = `
  import { describeWith } from ${support.replace(/"$/, '/requirements"')};
  describeWith(${absent}, 'counting', () => { it('counts', () => {}); it('adds', () => {}); });
  it('breathes', () => {});`;

describe('a test run', () => {
  it('skips what lacks something, says what to install, and passes', () => {
    const { output, summary, status } = run(needsAbacus);
    expect(output).toContain('Skipped for want of:\n  abacus: apt-get install abacus (2 tests)');
    expect(summary).toMatchObject({ passed: 1, failed: 0, skipped: 2 });
    expect(status).toBe(0);
  });

  it('fails for the same with CI=true, where everything has to be installed', () => {
    const { output, summary, status } = run(needsAbacus, { CI: 'true' });
    expect(output).not.toContain('Skipped');
    expect(summary).toMatchObject({ passed: 1, failed: 1, skipped: 0 });
    expect(status).toBe(1);
  });

  it('prints what is not applicable, with its reason', () => {
    const { output, summary, status } = run(`
      import { naMarker } from ${support.replace(/"$/, '/outcome-markers"')};
      it.todo(naMarker('metal.elastic', 'machines in racks do not multiply'));`);
    expect(output).toContain('Not applicable:\n  metal.elastic: machines in racks do not multiply');
    expect(summary).toMatchObject({ notApplicable: 1, failed: 0 });
    expect(status).toBe(0);
  });

  it('fails when a test is skipped by hand', () => {
    const { output, summary, status } = run(`it.skip('sleeps', () => {}); it('breathes', () => {});`);
    expect(output).toContain('Skipped without a reason (use describeWith): sleeps');
    expect(summary).toMatchObject({ passed: 1, failed: 1 });
    expect(status).toBe(1);
  });

  it('refuses a test that is called not applicable and is not on the reviewed list', () => {
    expect(() => notApplicable('nowhere')).toThrow('"nowhere" is not in test/not-applicable.ts');
  });
});

function run(code: string, extra: Readonly<Record<string, string>> = {}) {
  writeFileSync(join(folder, 'some.test.ts'), code);
  const summaryFile = join(folder, 'summary.json');
  const { CI: _, ...env } = process.env;
  const answer = spawnSync(
    process.execPath,
    [join(root, 'node_modules', 'jest', 'bin', 'jest.js'), '--config', join(folder, 'jest.config.json'), 'some'],
    { cwd: folder, encoding: 'utf8', env: { ...env, ...extra, WATARI_TEST_SUMMARY: summaryFile } },
  );
  const summary: unknown = jest.requireActual(summaryFile);
  return { output: answer.stdout + answer.stderr, status: answer.status, summary };
}
