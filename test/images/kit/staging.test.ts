import type { ImageDescription } from '../../../images/kit/description';
import { resolveImage } from '../../../images/kit/resolve';
import { environmentOf, missingInputs, stageImage } from '../../../images/kit/staging';
import { debian, mustStage, readImageFile } from '../staged';

const description: ImageDescription = {
  summary: 'Test',
  base: 'debian-12',
  microarchitectures: true,
  packages: ['nginx'],
  releases: [
    {
      name: 'tool',
      version: '1.2',
      license: 'MIT',
      download: {
        amd64: { url: 'https://example.com/amd64.tgz', sha256: 'a'.repeat(64) },
        arm64: { url: 'https://example.com/arm64.tgz', sha256: 'b'.repeat(64) },
      },
      install: { 'bin/tool': { path: '/usr/local/bin/tool', mode: '0755' } },
    },
  ],
  inputs: {
    programs: { kind: 'file', description: 'programs', path: '/opt/bin', mode: '0755', optional: true },
    license: { kind: 'file', description: 'a license', path: '/etc/license', mode: '0600' },
    level: { kind: 'text', description: 'a number', pattern: '[0-9]+', default: '7' },
    word: { kind: 'text', description: 'a word' },
  },
  files: [{ source: 'files/a.conf', path: '/etc/a.conf', mode: '0640', owner: 'www-data:adm' }],
  steps: ['steps/first.sh', 'steps/second.sh'],
  checks: [{ port: 80 }, { when: 'sealed', absent: '/etc/key' }],
};
const own = new Map([
  ['files/a.conf', 'a\n'],
  ['steps/first.sh', 'first\n'],
  ['steps/second.sh', 'second\n'],
]);
const read = (path: string) => {
  const content = own.get(path);
  return content === undefined ? readImageFile(path) : Buffer.from(content);
};
const image = resolveImage({ test: description }, 'test');
const stage = (changes: object = {}) => mustStage({ image, variant: 'amd64-v3', read, ...changes });
const text = (staged: ReturnType<typeof stage>, path: string) => Buffer.from(staged.files.get(path) ?? '').toString();

describe('A staged image', () => {
  it('has its scripts in the order in which they run', () => {
    expect(stage().scripts.slice(-2)).toEqual(['scripts/50-first.sh', 'scripts/51-second.sh']);
    expect(stage().scripts[0]).toBe('scripts/10-archive.sh');
  });

  it('lists its packages, and the download of its architecture alone', () => {
    expect(text(stage(), 'packages.list')).toBe('nginx\n');
    expect(text(stage(), 'releases.list')).toContain('amd64.tgz');
    expect(text(stage({ variant: 'arm64' }), 'releases.list')).toBe(
      `tool\t1.2\tMIT\thttps://example.com/arm64.tgz\t${'b'.repeat(64)}\tbin/tool\t/usr/local/bin/tool\t0755\n`,
    );
  });

  it('has its files where they belong, with mode and owner', () => {
    expect(text(stage(), 'root/etc/a.conf')).toBe('a\n');
    expect(text(stage(), 'files.list')).toBe('0640\twww-data:adm\t/etc/a.conf\n');
  });

  it('takes folders and single files as inputs', () => {
    const given = {
      programs: new Map([['sub/run', Buffer.from('x')]]),
      license: new Map([['.', Buffer.from('y')]]),
    };
    const staged = stage({ given });
    expect(text(staged, 'root/opt/bin/sub/run')).toBe('x');
    expect(text(staged, 'files.list')).toContain('0755\troot:root\t/opt/bin/sub/run\n0600\troot:root\t/etc/license\n');
  });

  it('tells running checks from sealed ones', () => {
    expect(text(stage(), 'checks/running.sh')).toContain('port 80/tcp');
    expect(text(stage(), 'checks/running.sh')).not.toContain('/etc/key');
    expect(text(stage(), 'checks/sealed.sh')).toContain('/etc/key');
  });

  it('tells steps what they are run for', () => {
    const staged = stage();
    expect(environmentOf(staged)).toMatchObject({
      WATARI_VARIANT: 'amd64-v3',
      WATARI_ARCHITECTURE: 'amd64',
      WATARI_LEVEL: '3',
      WATARI_SUITE: 'bookworm',
      WATARI_CONTENT_ID: staged.contentId,
    });
    expect(environmentOf(stage({ variant: 'arm64' })).WATARI_LEVEL).toBe('');
  });
});

describe('The content id of a staged image', () => {
  const { contentId } = stage();

  it('is the same for the same content', () => {
    expect(stage().contentId).toBe(contentId);
  });

  it.each([
    ['a variant', { variant: 'amd64-v4' }],
    [
      'the content of a step',
      { read: (path: string) => (path === 'steps/first.sh' ? Buffer.from('other') : read(path)) },
    ],
    ['a script of the kit', { read: (path: string) => (path.endsWith('90-seal.sh') ? Buffer.from('') : read(path)) }],
    ['the plain image of a provider', { bases: { aws: 'debian-12-amd64-20261101' } }],
    ['the snapshot of the archive', { debian: { ...debian, snapshot: '20261121T000000Z' } }],
    ['an input', { given: { level: '8' } }],
    ['the size of its disk', { image: { ...image, diskGiB: 9 } }],
    ['its name', { image: { ...image, name: 'other' } }],
  ])('is another one for another %s', (_, changes) => {
    expect(stage(changes).contentId).not.toBe(contentId);
  });
});

describe('Staging refuses', () => {
  const problems = (changes: object) => {
    const staged = stageImage({ image, variant: 'arm64', read, given: {}, bases: {}, debian, ...changes });
    return 'problems' in staged ? staged.problems : [];
  };

  it('steps and files that are absent, and says which list names them', () => {
    const found = problems({ image: { ...image, steps: ['steps/third.sh'], files: [] } });
    expect(found).toEqual([expect.objectContaining({ path: 'images/test.ts: steps', value: 'steps/third.sh' })]);
  });

  it('inputs that the image does not have, and those that do not look as they must', () => {
    expect(problems({ given: { lefel: '7' } })[0]).toMatchObject({
      path: '--input lefel',
      bound: 'level, license, programs, word',
    });
    expect(problems({ given: { level: '7a' } })[0]).toMatchObject({
      path: '--input level',
      value: '7a',
      bound: '[0-9]+',
    });
  });
});

describe('Inputs that a build cannot do without', () => {
  it('are named until they are given; optional ones and those with a default are not', () => {
    expect(missingInputs(stage(), {}).map(({ path }) => path)).toEqual([
      'images/test.ts: inputs.license',
      'images/test.ts: inputs.word',
    ]);
    const given = { license: new Map([['.', Buffer.from('')]]), word: 'x' };
    expect(missingInputs(stage({ given }), given)).toEqual([]);
  });
});
