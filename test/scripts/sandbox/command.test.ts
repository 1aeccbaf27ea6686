import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Cloud } from '../../../scripts/sandbox/cloud';
import { main } from '../../../scripts/watari';
import { recordedContext } from '../../support/cli';

const root = join(__dirname, '..', '..', '..');
let folder: string;

beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'watari-sandbox-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('watari sandbox', () => {
  it.each([
    ['sandbox', '--cloud', 'cloud.json', 'ls'],
    ['sandbox', 'ls', '--cloud', 'cloud.json'],
  ])('%s %s %s %s lists what exists in that cloud', async (...args) => {
    const { code, stdout } = await run(...args);
    expect(code).toBe(0);
    expect(stdout).toBe(`Nothing exists in ${join(folder, 'cloud.json')}.\n`);
    expect(readdirSync(folder)).toContain('cloud.json');
  });

  it('lists it as JSON too', async () => {
    const { stdout } = await run('sandbox', '--cloud', 'cloud.json', '--json', 'ls');
    expect(JSON.parse(stdout)).toEqual({ cloud: join(folder, 'cloud.json'), objects: [] });
  });

  it.each([
    [['rm', 'aws_vpc', 'main'], 'there is no aws_vpc "main" in the simulated cloud'],
    [['set', 'aws_vpc', 'main', 'a=1'], 'there is no aws_vpc "main" in the simulated cloud'],
    [['withhold', 'nothing'], 'there is no such prerequisite'],
    [['quota', 'vcpus', 'many'], 'the limit is no number'],
  ])('%j is refused without a trace when it names nothing', async (words, message) => {
    const { code, stderr } = await run('sandbox', ...words, '--cloud', 'cloud.json');
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('    at ');
  });

  it('withholds a prerequisite and gives it back', async () => {
    const withheld = () => new Cloud(join(folder, 'cloud.json')).refresh().settings.withheld;
    await run('sandbox', 'withhold', 'compute-api', '--cloud', 'cloud.json');
    expect(withheld()).toEqual(['compute-api']);
    await run('sandbox', 'grant', 'compute-api', '--cloud', 'cloud.json');
    expect(withheld()).toEqual([]);
  });

  it('withholds the images of a role that the topology boots, and knows no others', async () => {
    const { stdout } = await run('sandbox', 'withhold', 'image:edge', '--cloud', 'cloud.json');
    expect(stdout).toBe('Prerequisite image:edge is withheld.\n');
    const { code, stderr } = await run('sandbox', 'withhold', 'image:egde', '--cloud', 'cloud.json');
    expect(code).toBe(2);
    expect(stderr).toContain('image:edge');
  });
});

async function run(...args: readonly string[]) {
  const context = recordedContext({ root, cwd: folder });
  const code = await main(args, context);
  return { code, ...context.written };
}
