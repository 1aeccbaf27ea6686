import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { TerraformStack, Testing } from 'cdktf';
import { stacksOf } from '../../stacks/main';
import { loadPlatform } from '../../stacks/main';
import { exampleSite, exampleTopology, plainNames } from '../support/example-site';
import { plainStack } from '../support/emitted';
import { examplePlatform, stacksIn, textsOf } from '../support/synthesised';
import { enrolled } from './enrolled';

const root = join(__dirname, '..', '..');
const texts = new Map(enrolled.map((entry) => [entry.title, textsOf(examplePlatform(entry))]));

describe.each(enrolled)('synthesis of $title', (entry) => {
  const own = texts.get(entry.title) ?? {};

  it('gives the same bytes twice', () => {
    expect(textsOf(examplePlatform(entry))).toEqual(own);
  });

  it('gives the same bytes whatever the order in which a topology is written', () => {
    const platform = loadPlatform(reversed(exampleTopology(entry)));
    const again = textsOf({ platform, specs: stacksOf(platform) });
    for (const [stack, text] of Object.entries(again)) expect(text).toBe(own[stack]);
  });

  it('gives the same bytes in another folder, language and time zone', () => {
    const folder = mkdtempSync(join(tmpdir(), 'watari-elsewhere-'));
    try {
      const made = elsewhere(folder, exampleTopology(entry));
      const platform = loadPlatform(exampleTopology(entry));
      for (const { id } of stacksOf(platform)) expect(made(id)).toBe(own[id]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('writes no path of this machine and no time', () => {
    const foreign = [process.cwd(), homedir(), tmpdir()].filter((path) => path.length > 1);
    for (const text of Object.values(own)) {
      expect(foreign.filter((path) => text.includes(`${path}/`))).toEqual([]);
      expect(text).not.toMatch(/\b20\d\d-\d\d-\d\dT\d\d:/);
    }
  });

  it('names one exact version of every Terraform provider, or the range that its facts lie in', () => {
    const wanted = stacksIn(own).flatMap(({ terraform }) => Object.entries(terraform.required_providers ?? {}));
    expect(wanted.length).toBeGreaterThan(0);
    const loose = wanted.filter(([, { version = '' }]) => !/^=? ?\d+\.\d+\.\d+$/.test(version) && !isRange(version));
    expect(loose).toEqual([]);
  });

  it('lets two sites of one provider stand in one stack', () => {
    const stack = new TerraformStack(Testing.app(), 'both');
    for (const site of ['here', 'there']) entry.adapter.configure(stack, exampleSite(entry, { ...plainNames, site }));
    const { provider = {} } = plainStack(Testing.synth(stack));
    const names = Object.entries(provider).flatMap(([name, blocks]) =>
      blocks.map(({ alias = '' }) => `${name}.${String(alias)}`),
    );
    expect(new Set(names).size).toBe(names.length);
  });
});

/** Bounded on both sides: the facts' version, and below the next one that breaks. */
const isRange = (version: string): boolean => /^>= ?\d+(\.\d+){1,2}, ?< ?\d+(\.\d+){0,2}$/.test(version);

function reversed(value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, reversed(item)] as const);
  return Object.fromEntries(entries.reverse());
}

/** The same topology through the command line, in another world. */
function elsewhere(folder: string, topology: unknown): (stack: string) => string {
  const file = join(folder, 'topology.json');
  const output = join(folder, 'made', 'here');
  mkdirSync(join(folder, 'made'));
  writeFileSync(file, JSON.stringify(topology));
  const language = { LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8', TZ: 'Pacific/Kiritimati' };
  execFileSync(process.execPath, [join(root, 'bin', 'watari.mjs'), 'synth', '--topology', file, '--output', output], {
    cwd: folder,
    env: { ...process.env, ...language },
    stdio: 'pipe',
  });
  return (stack) => readFileSync(join(output, 'stacks', stack, 'cdk.tf.json'), 'utf8');
}
