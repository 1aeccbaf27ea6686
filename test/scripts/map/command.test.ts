import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { splitChange } from '../../../scripts/map/sides';
import { main } from '../../../scripts/watari';
import { synthesize } from '../../../stacks/main';
import { recordedContext } from '../../support/cli';
import { platformOf } from '../../support/topologies';
import { someChanges } from './maps';

describe('watari map', () => {
  let cwd: string;
  beforeAll(() => {
    cwd = mkdtempSync(join(tmpdir(), 'watari-map-test-'));
    synthesize(platformOf(), join(cwd, 'old'), { describe: true });
    synthesize(platformOf(someChanges), join(cwd, 'v1..new'), { describe: true });
  });
  afterAll(() => rmSync(cwd, { recursive: true, force: true }));

  const run = async (...words: readonly string[]) => {
    const context = recordedContext({ cwd });
    const code = await main(['map', ...words], context);
    return { code, ...context.written };
  };
  const read = (name: string): string => readFileSync(join(cwd, name), 'utf8');

  it('writes a page, and says where', async () => {
    const { code, stdout } = await run();
    expect([code, stdout]).toEqual([
      0,
      'reference: sites 5, links 6, machines and autoscaled fleets 35\nWritten to map.html\n',
    ]);
    expect(read('map.html')).toMatch(/^<!doctype html>/);
  });

  it('writes a picture where the name ends in .svg, in a folder that need not exist', async () => {
    expect((await run('--topology', 'only-aws', '--output', 'out/aws.svg')).code).toBe(0);
    expect(read('out/aws.svg')).toContain('AWS');
  });

  it('prints the places of everything as JSON, and writes nothing then', async () => {
    rmSync(join(cwd, 'map.html'), { force: true });
    const { code, stdout } = await run('--json', '--topology', 'only-metal');
    expect([code, JSON.parse(stdout).boxes[0].id]).toEqual([0, 'names:live']);
    expect(readdirSync(cwd)).not.toContain('map.html');
  });

  it('draws what lies between two synthesised folders, also with dots in their names', async () => {
    const { code, stdout } = await run('--change', 'old..v1..new', '-o', 'change.svg');
    expect([code, stdout]).toEqual([0, expect.stringContaining('reference: +5 ~4 −6; sites 5')]);
    expect(read('change.svg')).toContain('Change of reference');
  });

  it.each([
    [['--output', 'map.png'], '--output: is no kind of file that is drawn'],
    [['--topology', 'nowhere'], '--topology: there is no such topology'],
    [['--change', 'old'], '--change: names no two sides'],
    [['--change', 'main...HEAD'], '--change: names no two sides'],
    [['--change', 'old..no-such-branch-anywhere'], 'HEAD: is no revision of this repository'],
  ])('refuses %j with what is wrong', async (words, message) => {
    const { code, stderr } = await run(...words);
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  });

  it.each([
    ['is cut', (text: string) => text.slice(0, 4000), 'platform.json is no JSON'],
    ['is of another format', (text: string) => text.replace('"format": 1', '"format": 99'), 'of another format'],
    ['lacks its machines', (text: string) => text.replace('"machines"', '"cows"'), 'BASE: machines: is not what'],
  ])('refuses a description that %s', async (_, spoil, message) => {
    synthesize(platformOf(), join(cwd, 'spoilt'), { describe: true });
    writeFileSync(join(cwd, 'spoilt', 'platform.json'), spoil(read('spoilt/platform.json')));
    const { code, stderr } = await run('--change', 'spoilt..old', '-o', 'no.svg');
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
    expect(readdirSync(cwd)).not.toContain('no.svg');
  });

  it('takes an absent head for the working tree', () => {
    expect(splitChange('main..', cwd)).toEqual(['main', '']);
    expect(splitChange('v1..v2', cwd)).toEqual(['v1', 'v2']);
  });
});
