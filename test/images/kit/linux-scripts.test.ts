import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { describeWith, requirement } from '../../support/requirements';
import { folder as images } from '../staged';

const folder = mkdtempSync(join(tmpdir(), 'watari-scripts-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const sha256 = (content: string | Uint8Array) => createHash('sha256').update(content).digest('hex');

function put(path: string, content: string | Uint8Array): string {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
}

async function bash(script: string, args: readonly string[] = [], env: NodeJS.ProcessEnv = {}) {
  const { spawn } = await import('node:child_process');
  const child = spawn('bash', [join(images, script), ...args], { cwd: folder, env: { ...process.env, ...env } });
  let output = '';
  child.stdout.on('data', (data: Buffer) => (output += data.toString()));
  child.stderr.on('data', (data: Buffer) => (output += data.toString()));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, output };
}

describe('A release from outside Debian', () => {
  const archive = (() => {
    put('made/bin/tool', 'the tool\n');
    const { status } = spawnSync('tar', ['-C', join(folder, 'made'), '-czf', join(folder, 'tool.tgz'), '.']);
    expect(status).toBe(0);
    return readFileSync(join(folder, 'tool.tgz'));
  })();
  const server = createServer((_, response) => response.end(archive));
  let address = '';
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/tool.tgz`;
  });
  afterAll(() => void server.close());
  const list = (hash: string, to: string) =>
    put('releases.list', `${['tool', '1', 'MIT', address, hash, 'bin/tool', to, '0750'].join('\t')}\n`);

  it('is downloaded, checked, unpacked and installed with its mode', async () => {
    const to = join(folder, 'installed', 'tool');
    list(sha256(archive), to);
    expect(await bash('kit/linux/30-releases.sh')).toMatchObject({ code: 0 });
    expect(readFileSync(to, 'utf8')).toBe('the tool\n');
    expect(statSync(to).mode & 0o777).toBe(0o750);
  });

  it('of another SHA-256 is not unpacked, and ends the build', async () => {
    const to = join(folder, 'refused', 'tool');
    list('0'.repeat(64), to);
    const { code, output } = await bash('kit/linux/30-releases.sh');
    expect(code).toBe(1);
    expect(output).toContain(`SHA-256 is ${sha256(archive)}, must be ${'0'.repeat(64)}`);
    expect(existsSync(to)).toBe(false);
    expect(existsSync(join(folder, 'downloads', `${'0'.repeat(64)}.unpacked`))).toBe(false);
  });

  it('that was uploaded is not downloaded, and is checked alike', async () => {
    const to = join(folder, 'uploaded', 'file');
    const content = 'uploaded\n';
    put(`downloads/${sha256(content)}`, content);
    const line = ['file', '1', 'MIT', 'http://127.0.0.1:1/file', sha256(content), '.', to, '0644'];
    put('releases.list', `${line.join('\t')}\n`);
    expect(await bash('kit/linux/30-releases.sh')).toMatchObject({ code: 0 });
    expect(readFileSync(to, 'utf8')).toBe(content);
  });
});

describe('Files of a description', () => {
  it('are copied with their mode and owner, into folders that are made', async () => {
    const { uid, gid } = userInfo();
    const to = join(folder, 'placed', 'deep', 'file');
    put(`root${to}`, 'content\n');
    put('files.list', `0640\t${uid}:${gid}\t${to}\n`);
    expect(await bash('kit/linux/40-files.sh')).toEqual({ code: 0, output: '' });
    expect(readFileSync(to, 'utf8')).toBe('content\n');
    expect(statSync(to)).toMatchObject({ uid, gid });
    expect(statSync(to).mode & 0o777).toBe(0o640);
  });

  it('that were not staged end the build', async () => {
    put('files.list', `0644\troot:root\t${join(folder, 'nowhere')}\n`);
    expect((await bash('kit/linux/40-files.sh')).code).toBe(1);
  });
});

describeWith(requirement('apt-config'), 'The list of contents', () => {
  it('has every Debian package, every release and every file that was given once, and the check notices a package more or less', async () => {
    const release = ['tool', '1', 'MIT', 'http://example.com/tool', 'a'.repeat(64)];
    put(
      'releases.list',
      `${[...release, 'a', '/a', '0755'].join('\t')}\n${[...release, 'b', '/b', '0755'].join('\t')}\n`,
    );
    put('inputs.list', `/opt/watari/bin/own\tprograms\t${'b'.repeat(64)}\n`);
    expect(await bash('kit/linux/85-manifest.sh')).toEqual({ code: 0, output: '' });
    const lines = readFileSync(join(folder, 'manifest.tsv'), 'utf8').trimEnd().split('\n');
    expect(lines.filter((line) => line.startsWith('release'))).toEqual([`release\ttool\t1\tMIT\t${'a'.repeat(64)}`]);
    expect(lines).toContain(`input\t/opt/watari/bin/own\tprograms\t\t${'b'.repeat(64)}`);
    expect(lines).toContainEqual(expect.stringMatching(/^deb\tbash\t\S+\t\w+\tbash$/));
    expect((await bash('checks/manifest.sh')).code).toBe(0);

    put('manifest.tsv', lines.filter((line) => !line.startsWith('deb\tbash\t')).join('\n'));
    const { code, output } = await bash('checks/manifest.sh');
    expect(code).toBe(1);
    expect(output).toContain('> bash ');
  });
});

describe('The secret scan', () => {
  const scan = () => bash('checks/secrets.sh', [join(folder, 'system')]);
  const dashes = '-----';
  const secrets: readonly (readonly [string, string])[] = [
    ['a private key', `${dashes}BEGIN OPENSSH PRIVATE KEY${dashes}\n`],
    ['an RSA key', `${dashes}BEGIN RSA PRIVATE KEY${dashes}\n`],
    ['an access key of AWS', `key = AKIA${'ABCDEFGHIJKLMNOP'}\n`],
    ['a service account of Google', '{ "type": "service_account" }\n'],
    ['a token of GitHub', `ghp_${'a1'.repeat(18)}\n`],
    ['a password in an address', 'url: https://user:hunter22@db.example/\n'],
    ['the hash of a password', 'debian:$y$j9T$abc$def:19000:0:99999:7:::\n'],
  ];

  beforeEach(() => {
    rmSync(join(folder, 'system'), { recursive: true, force: true });
    put('system/var/lib/dpkg/info/tool.list', '/usr/bin/tool\n/lib/tool/key\n/etc/tool.conf\n');
    put('system/usr/bin/tool', 'a program\n');
    put('system/var/lib/dpkg/status', 'Package: tool\n');
  });

  it('is content with a system that has none', async () => {
    put('system/etc/passwd', 'root:x:0:0:root:/root:/bin/bash\n');
    put('system/etc/shadow', 'root:!:19000:0:99999:7:::\ndaemon:*:19000:0:99999:7:::\n');
    expect(await scan()).toEqual({ code: 0, output: '' });
  });

  it.each(secrets)('finds %s in a file that no package brought, and does not print it', async (_, content) => {
    put('system/opt/some where/file', content);
    const { code, output } = await scan();
    expect(code).toBe(1);
    expect(output).toContain('/opt/some where/file');
    expect(output).not.toContain(content.trim());
  });

  it('leaves out what packages brought, and not what was written over their settings', async () => {
    put('system/usr/lib/tool/key', `${dashes}BEGIN PRIVATE KEY${dashes}\n`);
    expect((await scan()).code).toBe(0);
    const example = '# postgresql://login:password@host.example/\n';
    put('system/etc/tool.conf', example);
    const md5 = createHash('md5').update(example).digest('hex');
    put('system/var/lib/dpkg/status', `Package: tool\nConffiles:\n /etc/tool.conf ${md5}\nDescription: a tool\n`);
    expect((await scan()).code).toBe(0);
    put('system/etc/tool.conf', `${example}password of the build\n`);
    expect((await scan()).output).toContain('/etc/tool.conf');
  });
});

describe('The guard of the level of x86-64', () => {
  const features = 'cx16 lahf_lm popcnt pni sse4_1 sse4_2 ssse3';
  const guard = async (level: string, flags: string) => {
    const script = readFileSync(join(images, 'files/base/cpu-level.sh'), 'utf8');
    const placed = put('guard.sh', script.replace('/etc/watari/cpu-level', put('cpu-level', level)));
    const cpuinfo = put('cpuinfo', `processor\t: 0\nmodel name\t: Test CPU\nflags\t\t: ${flags}\n`);
    const { status, stdout } = spawnSync('bash', [placed], {
      env: { ...process.env, CPUINFO: cpuinfo },
      encoding: 'utf8',
    });
    return { status, stdout };
  };

  it('lets a processor pass that has the level, and every one where the image asks for none', async () => {
    expect((await guard('2', features)).status).toBe(0);
    expect((await guard('', 'fpu')).status).toBe(0);
    expect((await guard('1', 'fpu')).status).toBe(0);
  });

  it('says what is missing, of which processor, and what to do', async () => {
    const { status, stdout } = await guard('3', `${features} avx`);
    expect(status).toBe(1);
    expect(stdout).toContain('x86-64-v3 and this processor (Test CPU) lacks: abm avx2 bmi1 bmi2 f16c fma movbe xsave.');
    expect(stdout).toContain('Boot the image of a lower level');
  });

  it('asks for AVX-512 at level 4', async () => {
    const three = `${features} abm avx avx2 bmi1 bmi2 f16c fma movbe xsave`;
    expect((await guard('3', three)).status).toBe(0);
    expect((await guard('4', three)).stdout).toContain('lacks: avx512bw avx512cd avx512dq avx512f avx512vl.');
  });
});
