import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createColors } from 'picocolors';
import type { CliContext } from '../../../scripts/cli/context';
import { main } from '../../../scripts/facts/facts';
import { missingTypes } from '../../../scripts/facts/measure';
import { describeWith, requirement } from '../../support/requirements';

let root: string;
let said: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'watari-test-'));
  said = '';
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

function use(text: string): void {
  const folder = join(root, 'constructs', 'providers', 'aws', 'schema');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'used.json'), text);
}

function run(...args: string[]): Promise<number> {
  const writer = { write: (text: string) => (said += text) };
  const outcome = { exitCode: 0 } as const;
  const context: CliContext = {
    root,
    cwd: root,
    env: process.env,
    stdout: writer,
    stderr: writer,
    colours: createColors(false),
    outcome,
  };
  return main(args, context);
}

test('a used.json that is no JSON is refused with its name and its form', async () => {
  use('{ oops');
  expect(await run()).toBe(2);
  expect(said).toMatch(/used\.json: is no JSON[^]*Write \{"provider@version"/);
});

test('a provider that nobody knows, and one without a version, are refused together', async () => {
  use('{"moon@1.0.0": {}, "aws": {}}');
  expect(await run()).toBe(2);
  expect(said).toContain('names an unknown provider');
  expect(said).toContain('Add "moon": { "source": "<namespace>/<type>" } to scripts/facts/providers.json.');
  expect(said).toContain('names a provider without an exact version');
});

test('a provider that no adapter uses is refused', async () => {
  use('{"aws@5.100.0": {}}');
  expect(await run('--provider', 'gogle')).toBe(2);
  expect(said).toContain('--provider: is used by no adapter');
});

test('names that a provider does not have are found', () => {
  const schema = { provider: { block: {} }, resource_schemas: { aws_vpc: { block: {} } }, data_source_schemas: {} };
  const used = { adapter: 'aws', name: 'aws', version: '5.100.0', path: '' };
  const lists = { resources: ['aws_vpc', 'aws_vcp'], dataSources: ['aws_amy'] };
  expect(missingTypes({ ...used, ...lists }, { schema, binary: '' })).toEqual(['aws_vcp', 'data aws_amy']);
});

describeWith([requirement('terraform'), requirement('aws-provider')], 'with the real AWS provider', () => {
  test('the facts that are kept are those that the provider gives', async () => {
    const version = 'aws@5.100.0';
    use(JSON.stringify({ [version]: { resources: ['aws_lb', 'aws_subnet', 'aws_vpc'] } }));
    const schema = join('constructs', 'providers', 'aws', 'schema', `${version}.json`);
    copyFileSync(join(__dirname, '..', '..', '..', schema), join(root, schema));
    await run('--check', '--verbose');
    expect(said).toMatch(/3 resources asked/);
    expect(said).toMatch(/[1-9]\d the same, 0 different/);
  }, 120_000);
});
