import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { namespaces } from './lab';
import { describeWith, notApplicable } from './requirements';

const root = join(__dirname, '..', '..');
const support = JSON.stringify(__dirname);
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'watari-outcomes-'));
  const transform = { '^.+\\.ts$': require.resolve('@swc/jest') };
  const reporters = ['default', join(__dirname, 'outcome-reporter.js')];
  writeFileSync(join(folder, 'jest.config.json'), JSON.stringify({ rootDir: folder, transform, reporters }));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const absent = `{ name: 'abacus', install: 'apt-get install abacus', isPresent: () => false }`;
const needsAbacus = `
  import { describeWith } from ${support.replace(/"$/, '/requirements"')};
  describeWith(${absent}, 'counting', () => { it('counts', () => {}); it('adds', () => {}); });
  it('breathes', () => {});`;
const needsNamespaces = `
  import { describeWith } from ${support.replace(/"$/, '/requirements"')};
  import { namespaces } from ${support.replace(/"$/, '/lab"')};
  describeWith(namespaces, 'machines', () => { it('boot', () => {}); });`;

/** As the kernel of a container refuses: every program is there, and `unshare` may not. */
function withoutNamespaces(): Readonly<Record<string, string>> {
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'unshare'), '#!/bin/sh\necho "unshare failed: Operation not permitted" >&2\nexit 1\n', {
    mode: 0o755,
  });
  return { PATH: [bin, process.env.PATH ?? ''].join(delimiter) };
}

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

  describe('where the kernel allows no network namespaces', () => {
    it('skips the machines of the lab, and says what they need', () => {
      const { output, summary, status } = run(needsNamespaces, withoutNamespaces());
      expect(output).toContain('namespaces: root, a kernel that lets it make network namespaces, and apt-get install');
      expect(summary).toMatchObject({ passed: 0, failed: 0, skipped: 1 });
      expect(status).toBe(0);
    });

    it('fails with CI=true, and says what is absent', () => {
      const { output, summary, status } = run(needsNamespaces, { ...withoutNamespaces(), CI: 'true' });
      expect(output).toContain('namespaces is absent. Install: root, a kernel that lets it make network namespaces');
      expect(summary).toMatchObject({ passed: 0, failed: 1, skipped: 0 });
      expect(status).toBe(1);
    });
  });

  describeWith(namespaces, 'where it allows them', () => {
    it('runs the tests on machines of the lab', () => {
      const { summary, status } = run(needsNamespaces, { CI: 'true' });
      expect(summary).toMatchObject({ passed: 1, failed: 0, skipped: 0 });
      expect(status).toBe(0);
    });
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
