import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describeTerraform, findTerraform, type Terraform } from '../../../scripts/terraform/find';
import { pinnedRelease } from '../../../scripts/terraform/download';
import { zipOf } from '../../support/zip';

const saying = (version: string): string => `#!/bin/sh\necho '{"terraform_version": "${version}"}'\n`;
const platform = 'linux_amd64';

let root: string;
let server: Server;
let mirror: string;
let served: Buffer | undefined;
let notes: string[];
let requests: string[];

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'watari-test-'));
  [notes, requests, served] = [[], [], undefined];
  server = createServer((request, response) => {
    requests.push(request.url ?? '');
    response.writeHead(served ? 200 : 404).end(served);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  mirror = `http://127.0.0.1:${(server.address() as AddressInfo).port}/releases/`;
});

afterEach(async () => {
  await new Promise((resolve) => server.close(resolve));
  rmSync(root, { recursive: true, force: true });
});

function program(path: string, text: string): string {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text, { mode: 0o755 });
  return file;
}

function find(env: Record<string, string> = {}, sha256 = sha256Of(served)): Promise<Terraform> {
  return findTerraform({
    root,
    cwd: root,
    env: { PATH: join(root, 'bin'), WATARI_TOFU_MIRROR: mirror, ...env },
    note: (text) => notes.push(text),
    release: { version: '1.10.6', sha256: { [platform]: sha256 } },
    platform,
  });
}

const sha256Of = (content: Buffer = Buffer.alloc(0)): string => createHash('sha256').update(content).digest('hex');

describe('Terraform is looked for', () => {
  test('WATARI_TERRAFORM comes before everything else', async () => {
    program('bin/terraform', saying('1.12.0'));
    const path = program('mine/tf', saying('1.11.4'));
    expect(await find({ WATARI_TERRAFORM: path })).toEqual({ path, version: '1.11.4', from: 'WATARI_TERRAFORM' });
    expect(await find({ WATARI_TERRAFORM: 'mine/tf' })).toMatchObject({ path });
  });

  test('what is used is said in one line: name, version and where it came from', () => {
    const said = (path: string, from: Terraform['from']): string =>
      describeTerraform({ path, version: '1.11.4', from });
    expect(said('/usr/bin/terraform', 'PATH')).toBe('Using Terraform 1.11.4, found on PATH.');
    expect(said('/opt/tools/tofu', 'WATARI_TERRAFORM')).toBe('Using OpenTofu 1.11.4, named by WATARI_TERRAFORM.');
    expect(said('/x/.watari/bin/tofu_1.11.4/tofu', 'cache')).toBe(
      'Using OpenTofu 1.11.4, downloaded by an earlier run.',
    );
    expect(said('/x/.watari/bin/tofu_1.11.4/tofu', 'download')).toBe('Using OpenTofu 1.11.4, downloaded now.');
  });

  test('terraform on PATH comes before tofu, and nothing is downloaded', async () => {
    const path = program('bin/terraform', saying('1.12.0'));
    program('bin/tofu', saying('1.10.0'));
    expect(await find()).toEqual({ path, version: '1.12.0', from: 'PATH' });
    expect(requests).toEqual([]);
  });

  test('a terraform that is too old gives way to a good tofu, and that is said', async () => {
    program('bin/terraform', saying('1.5.7'));
    const path = program('bin/tofu', saying('1.10.0'));
    expect(await find()).toEqual({ path, version: '1.10.0', from: 'PATH' });
    expect(notes).toEqual([expect.stringContaining('terraform is version 1.5.7, older than 1.10.0; using')]);
  });

  test('the version is read from what surrounds it', async () => {
    program('bin/terraform', `#!/bin/sh\necho 'a warning'\necho '{"terraform_version": "1.11.4"}'\n`);
    expect(await find()).toMatchObject({ version: '1.11.4' });
  });
});

describe('WATARI_TERRAFORM that cannot be used is an error, never replaced in silence', () => {
  test('too old: the error names version, bound and mend', async () => {
    const path = program('old/terraform', saying('1.9.8'));
    await expect(find({ WATARI_TERRAFORM: path })).rejects.toMatchObject({
      problems: [
        {
          path: 'WATARI_TERRAFORM',
          message: 'names version 1.9.8, which is too old',
          value: path,
          bound: '1.10.0 or later',
          fix: expect.stringContaining('or unset WATARI_TERRAFORM'),
        },
      ],
    });
  });

  test('a pre-release of the oldest version is too old', async () => {
    const path = program('old/terraform', saying('1.10.0-beta1'));
    await expect(find({ WATARI_TERRAFORM: path })).rejects.toThrow('1.10.0-beta1, which is too old');
  });

  test('absent', async () => {
    await expect(find({ WATARI_TERRAFORM: '/nowhere/terraform' })).rejects.toThrow(
      /is not there.*\/nowhere\/terraform/,
    );
  });

  test('another program', async () => {
    const path = program('mine/ls', '#!/bin/sh\necho hello\n');
    await expect(find({ WATARI_TERRAFORM: path })).rejects.toThrow(/does not run as Terraform.*hello/);
  });

  test('a program that fails gives its own words', async () => {
    const path = program('mine/bad', '#!/bin/sh\necho "no such thing" >&2\nexit 3\n');
    await expect(find({ WATARI_TERRAFORM: path })).rejects.toThrow('no such thing');
  });
});

describe('OpenTofu is downloaded where nothing is installed', () => {
  const cached = (): string => join(root, '.watari', 'bin', 'tofu_1.10.6', 'tofu');

  test('the pinned release is fetched from the mirror, and the second run finds it in the cache', async () => {
    served = zipOf('tofu', saying('1.10.6'));
    expect(await find()).toEqual({ path: cached(), version: '1.10.6', from: 'download' });
    expect(requests).toEqual(['/releases/v1.10.6/tofu_1.10.6_linux_amd64.zip']);
    expect(notes).toEqual([expect.stringContaining('Downloading OpenTofu 1.10.6 from http://127.0.0.1')]);
    expect(await find()).toEqual({ path: cached(), version: '1.10.6', from: 'cache' });
    expect(requests).toHaveLength(1);
  });

  test('two runs at once both end with the program', async () => {
    served = zipOf('tofu', saying('1.10.6'));
    const found = await Promise.all([find(), find()]);
    expect(found.map((one) => one.path)).toEqual([cached(), cached()]);
    expect(readdirSync(join(root, '.watari', 'bin'))).toEqual(['tofu_1.10.6']);
  });

  test('a wrong checksum keeps nothing, and says both sums', async () => {
    served = zipOf('tofu', saying('1.10.6'));
    await expect(find({}, 'f'.repeat(64))).rejects.toThrow(
      new RegExp(
        `has SHA-256 ${sha256Of(served)}, and f{64} is pinned.*Install OpenTofu or Terraform 1\\.10\\.0 or later`,
        's',
      ),
    );
    expect(existsSync(join(root, '.watari'))).toBe(false);
  });

  test('a mirror that does not have it gives its address and answer', async () => {
    await expect(find()).rejects.toThrow(/tofu_1\.10\.6_linux_amd64\.zip could not be had: HTTP 404 Not Found/);
  });

  test('a mirror that is not there gives the reason', async () => {
    await new Promise((resolve) => server.close(resolve));
    await expect(find()).rejects.toThrow(/ECONNREFUSED/);
  });

  test.each([
    ['no zip at all', Buffer.from('not a zip'), 'it has no directory'],
    ['cut short', zipOf('tofu', saying('1.10.6')).subarray(0, 60), 'it has no directory'],
    ['without the program', zipOf('terraform', 'x'), 'it holds no file tofu'],
  ])('a broken zip (%s) keeps nothing', async (_, content, reason) => {
    served = content;
    await expect(find()).rejects.toThrow(`the zip archive is broken: ${reason}`);
    expect(existsSync(cached())).toBe(false);
  });

  test('a platform without a pinned release gets the advice to install', async () => {
    const options = { root, env: { PATH: '' }, platform: 'plan9_mips' };
    await expect(findTerraform(options)).rejects.toThrow(/no pinned OpenTofu for plan9_mips.*Install OpenTofu/s);
  });

  test('the error also tells which program was too old', async () => {
    const old = program('bin/terraform', saying('1.3.0'));
    await expect(find()).rejects.toThrow(`${old} is version 1.3.0, older than 1.10.0`);
  });
});

test('the pinned release has a checksum for Linux and macOS on both architectures', () => {
  expect(Object.keys(pinnedRelease.sha256).sort()).toEqual([
    'darwin_amd64',
    'darwin_arm64',
    'linux_amd64',
    'linux_arm64',
  ]);
  for (const sum of Object.values(pinnedRelease.sha256)) expect(sum).toMatch(/^[0-9a-f]{64}$/);
});
