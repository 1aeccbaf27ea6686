import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ImageDescription } from '../../images/kit/description';
import { resolveImage } from '../../images/kit/resolve';
import { checksOf, stageImage } from '../../images/kit/staging';
import { debian, described, folder, readImageFile, stagedLinuxImages } from './staged';

/** Roles that the issue of the images asks for, and that topologies name. */
const roles = [
  ...['origin', 'edge', 'balancer', 'gateway', 'redis', 'kubernetes', 'platform', 'redirector', 'cache', 'storage'],
  ...['manager', 'vod-origin', 'consul', 'encoder', 'watch', 'database'],
];

describe('The images of this repository', () => {
  it('are there for every role, each in a file of its own', async () => {
    expect(Object.keys(await described())).toEqual(expect.arrayContaining(['base', ...roles]));
  });

  it('find their steps, files and check scripts under images/', async () => {
    const descriptions = await described();
    const problems = Object.keys(descriptions).flatMap((name) => {
      const image = resolveImage(descriptions, name);
      const [variant = 'amd64'] = image.variants;
      const staged = stageImage({ image, variant, read: readImageFile, given: {}, bases: {}, debian });
      return 'problems' in staged ? staged.problems : [];
    });
    expect(problems).toEqual([]);
  });

  it('come at each level of x86-64 where programs are built for one, and all of them for Arm', async () => {
    const descriptions = await described();
    const variants = (name: string) => resolveImage(descriptions, name).variants;
    for (const name of ['origin', 'edge', 'encoder'])
      expect(variants(name)).toEqual(['amd64-v2', 'amd64-v3', 'amd64-v4', 'arm64']);
    for (const name of ['base', 'balancer', 'gateway']) expect(variants(name)).toEqual(['amd64', 'arm64']);
  });

  it('are checked for what all machines have, and each role for its own', async () => {
    const descriptions = await described();
    const base = resolveImage(descriptions, 'base').checks;
    for (const name of roles) {
      const { checks } = resolveImage(descriptions, name);
      expect(checks.slice(0, base.length)).toEqual(base);
      expect(checks.length).toBeGreaterThan(base.length);
    }
  });

  it('are looked through, once sealed, for keys, identity, logs, credentials and accounts', async () => {
    const descriptions = await described();
    const sealed = JSON.stringify(checksOf(resolveImage(descriptions, 'edge'), 'sealed'));
    for (const part of [
      'ssh_host_',
      'machine-id',
      '/var/log',
      'secrets.sh',
      'manifest.sh',
      'packer',
      'authorized_keys',
    ])
      expect(sealed).toContain(part);
  });

  it('name each port once in the whole of a check folder, so that checks cannot meet', () => {
    const ports = scriptsOf('checks').flatMap(([name, text]) =>
      [...new Set([...text.matchAll(/\b2[0-9]{4}\b/g)].map(([port]) => port))].map((port) => [port, name] as const),
    );
    const taken = new Map<string, string>();
    const twice = ports.filter(([port, name]) => taken.get(port) !== undefined || !taken.set(port, name));
    expect(twice).toEqual([]);
  });

  it('leave nothing under images/ that no image uses', async () => {
    const descriptions: readonly ImageDescription[] = Object.values(await described());
    const used = new Set(
      descriptions.flatMap(({ steps = [], files = [], checks = [] }) => [
        ...steps,
        ...files.map(({ source }) => source),
        ...checks.flatMap((check) => ('script' in check ? [check.script] : [])),
      ]),
    );
    const present = ['steps', 'files', 'checks'].flatMap((name) => filesOf(name));
    expect(present.filter((path) => !used.has(path))).toEqual([]);
  });
});

describe('Releases from outside Debian', () => {
  it('are pinned by a SHA-256 of their own for each architecture, at an address that has the version in it', async () => {
    const releases = Object.values(await described()).flatMap((image) => image.releases ?? []);
    expect(releases.map(({ name }) => name)).toEqual(expect.arrayContaining(['consul', 'k3s']));
    for (const { download, version } of releases) {
      const { amd64, arm64 } = download;
      expect(amd64.sha256).toMatch(/^[0-9a-f]{64}$/);
      expect(arm64.sha256).toMatch(/^[0-9a-f]{64}$/);
      expect(amd64.sha256).not.toBe(arm64.sha256);
      for (const { url } of [amd64, arm64]) {
        expect(url).toMatch(/^https:/);
        expect(url).toContain(encodeURIComponent(version));
      }
    }
  });
});

describe('Packages', () => {
  it('of x86 alone stand in no description, because every image comes for Arm too', async () => {
    const packages = (await stagedLinuxImages()).flatMap(({ image }) => image.packages);
    expect(packages.filter((name) => /amd64|x86|i386|pc-bin|microcode/.test(name))).toEqual([]);
  });
});

function filesOf(name: string): string[] {
  const entries = readdirSync(join(folder, name), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}

function scriptsOf(name: string): (readonly [string, string])[] {
  return filesOf(name).map((path) => [path, readFileSync(join(folder, path), 'utf8')] as const);
}
