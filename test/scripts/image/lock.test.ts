import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ImageCheckout, describe as description } from './checkout';

let checkout: ImageCheckout;
beforeEach(() => (checkout = new ImageCheckout()));
afterEach(() => checkout.remove());

const [old, tested] = ['0123456789ab', 'ba9876543210'];
const lockOf = () => JSON.parse(readFileSync(join(checkout.path, 'images.lock.json'), 'utf8')) as unknown;
const lock = (stages: object) => checkout.write('images.lock.json', JSON.stringify({ stages }));

describe('promote', () => {
  test('moves the content id that was tested, and builds nothing', async () => {
    lock({ dev: { plain: { amd64: tested } }, prod: { plain: { amd64: old } } });
    const { code, stdout, stderr } = await checkout.run(['promote', 'dev', 'prod']);
    expect(code).toBe(0);
    expect(stdout).toMatch(new RegExp(`plain +│ amd64 +│ ${old} +│ ${tested}`));
    expect(stderr).toContain(`plain (amd64) ${tested} was not built on this machine: nothing is known here`);
    expect(lockOf()).toEqual({ stages: { dev: { plain: { amd64: tested } }, prod: { plain: { amd64: tested } } } });
  });

  test('what was built on this machine needs no word', async () => {
    lock({ dev: { plain: { amd64: tested } } });
    const manifest = JSON.stringify({ packages: [] });
    checkout.write(`.watari/images/store/watari-plain-amd64-${tested}/qcow2/manifest.json`, manifest);
    expect(await checkout.run(['promote', 'dev', 'prod'])).toMatchObject({ code: 0, stderr: '' });
  });

  test('moves only the images that are named, and leaves the others as they are', async () => {
    lock({ dev: { plain: { amd64: tested }, fast: { arm64: tested } }, prod: { fast: { arm64: old } } });
    await checkout.run(['promote', 'dev', 'prod', 'plain']);
    expect(lockOf()).toMatchObject({ stages: { prod: { plain: { amd64: tested }, fast: { arm64: old } } } });
  });

  test('says so when there is nothing to move, and writes nothing', async () => {
    lock({ dev: { plain: { amd64: tested } }, prod: { plain: { amd64: tested } } });
    const before = readFileSync(join(checkout.path, 'images.lock.json'), 'utf8');
    const { code, stdout } = await checkout.run(['promote', 'dev', 'prod']);
    expect([code, stdout]).toEqual([0, 'prod already has what dev has\n']);
    expect(readFileSync(join(checkout.path, 'images.lock.json'), 'utf8')).toBe(before);
  });

  test('an image that was built from another archive than the snapshot stays where it is', async () => {
    lock({ dev: { plain: { amd64: tested } } });
    const manifest = { packages: [], otherArchive: 'http://mirror.example/debian' };
    checkout.write(`.watari/images/store/watari-plain-amd64-${tested}/qcow2/manifest.json`, JSON.stringify(manifest));
    const { code, stderr } = await checkout.run(['promote', 'dev', 'prod']);
    expect(code).toBe(2);
    expect(stderr).toContain('was built here from another archive than the snapshot');
    expect(stderr).toContain('watari image build plain --arch amd64');
  });

  it.each([
    [['qa', 'prod'], 'from: no image is pinned for this stage'],
    [['dev', 'dev'], 'to: is the stage that the images come from'],
    [['dev', 'prod', 'fast'], 'image: stage dev pins no such image'],
  ])('%j is refused', async (words, message) => {
    lock({ dev: { plain: { amd64: tested } } });
    const { code, stderr } = await checkout.run(['promote', ...words]);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  test('a lock with the traces of a merge is refused, and left as it is', async () => {
    checkout.write('images.lock.json', '{\n<<<<<<< HEAD\n');
    const { code, stderr } = await checkout.run(['promote', 'dev', 'prod']);
    expect(code).toBe(2);
    expect(stderr).toContain('images.lock.json: is no JSON');
  });
});

describe('refresh', () => {
  const installed = (version: string, origin: string) => `Inst openssl (${version} ${origin} [amd64])\n`;

  /** Stands for mmdebstrap: another moment of the archive has another version. */
  const simulatingApt = (): Record<string, string> => {
    checkout.write('images/plain.ts', description({ summary: 'x', base: 'debian-12', packages: ['openssl'] }));
    const [before, after] = [
      installed('3.0.1-1', 'Debian:12/oldstable'),
      installed('3.0.1-1+deb12u1', 'Debian-Security:12/oldstable-security'),
    ];
    checkout.write(
      'bin/mmdebstrap',
      `#!/bin/sh\ncase "$*" in *20270101T000000Z*) printf '%s' '${after}' ;; *) printf '%s' '${before}' ;; esac\n`,
    );
    chmodSync(join(checkout.path, 'bin', 'mmdebstrap'), 0o755);
    return { PATH: `${join(checkout.path, 'bin')}:${process.env.PATH}` };
  };

  test('proposes content ids and the packages that differ, and writes nothing unless it is asked to', async () => {
    const { code, stdout, stderr } = await checkout.run(
      ['refresh', 'plain', '--snapshot', '20270101T000000Z'],
      simulatingApt(),
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(/plain +│ openssl +│ 3\.0\.1-1 +│ 3\.0\.1-1\+deb12u1 +│ yes/);
    expect(stdout).toMatch(/plain +│ amd64 +│ - +│ [0-9a-f]{12}/);
    expect(stderr).toContain('on a branch, watari image refresh --stage dev --snapshot 20270101T000000Z --write; then');
    expect(() => lockOf()).toThrow('ENOENT');
  });

  test('written, it moves the snapshot and pins what the images then are', async () => {
    const env = simulatingApt();
    await checkout.run(['refresh', '--snapshot', '20270101T000000Z', '--write'], env);
    const debian = JSON.parse(readFileSync(join(checkout.path, 'images/kit/debian.json'), 'utf8')) as {
      snapshot: string;
    };
    expect(debian.snapshot).toBe('20270101T000000Z');
    const rows = await checkout.json<{ image: string; variant: string; contentId: string }[]>(['list']);
    const now = rows.find(({ image, variant }) => image === 'plain' && variant === 'arm64')!.contentId;
    expect(lockOf()).toMatchObject({ stages: { dev: { plain: { arm64: now } } } });
    expect((await checkout.run(['refresh', '--snapshot', 'keep'])).stdout).toBe(
      'stage dev pins what the descriptions make\n',
    );
  });

  test('what the pinned image holds is taken from its manifest where that is here', async () => {
    const env = simulatingApt();
    lock({ dev: { plain: { amd64: old } } });
    const packages = [
      { kind: 'deb', name: 'openssl', version: '3.0.0-9' },
      { kind: 'release', name: 'k3s', version: '1.31.4' },
    ];
    checkout.write(
      `.watari/images/store/watari-plain-amd64-${old}/amazon-ebs.tokyo/manifest.json`,
      JSON.stringify({ packages: [{ kind: 'deb', name: 'amazon-ec2-utils', version: '2.0' }] }),
    );
    checkout.write(`.watari/images/store/watari-plain-amd64-${old}/qcow2/manifest.json`, JSON.stringify({ packages }));
    const answer = await checkout.json<{ packages: object[] }>(
      ['refresh', 'plain', '--snapshot', '20270101T000000Z'],
      env,
    );
    expect(answer.packages).toEqual([
      { image: 'plain', package: 'openssl', from: '3.0.0-9', to: '3.0.1-1+deb12u1', security: true },
    ]);
  });

  test('apt is asked for the plain Debian and its kernel as well, on both sides', async () => {
    const env = simulatingApt();
    const program = join(checkout.path, 'bin', 'mmdebstrap');
    const asked = join(checkout.path, 'asked');
    writeFileSync(program, `#!/bin/sh\nprintf '%s\\n' "$@" | grep include >> ${asked}\n`);
    await checkout.run(['refresh', 'plain', '--snapshot', '20270101T000000Z'], env);
    const lists = readFileSync(asked, 'utf8').trim().split('\n');
    expect(lists).toEqual([lists[0], lists[0]]);
    expect(lists[0]?.slice('--include='.length).split(',')).toEqual(
      expect.arrayContaining(['openssl', 'cloud-init', 'linux-image-cloud-amd64']),
    );
  });

  test('another moment is not pinned for some of the images: it makes all of them other ones', async () => {
    const { code, stderr } = await checkout.run(
      ['refresh', 'plain', '--snapshot', '20270101T000000Z', '--write'],
      simulatingApt(),
    );
    expect([code, stderr]).toEqual([2, expect.stringContaining('only some are named to be pinned')]);
    expect(stderr).toContain('watari image refresh plain --snapshot keep --write');
    expect(() => lockOf()).toThrow('ENOENT');
    expect((await checkout.run(['refresh', 'plain', '--snapshot', 'keep', '--write'])).code).toBe(0);
  });

  test('a moment that is none, and an absent mmdebstrap, are refused', async () => {
    const moment = await checkout.run(['refresh', '--snapshot', 'yesterday']);
    expect([moment.code, moment.stderr]).toEqual([2, expect.stringContaining('--snapshot: is no moment')]);
    const absent = await checkout.run(['refresh', '--snapshot', '20270101T000000Z'], { PATH: checkout.path });
    expect([absent.code, absent.stderr]).toEqual([2, expect.stringContaining('apt-get install mmdebstrap')]);
  });
});
