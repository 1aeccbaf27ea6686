import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sha256Of } from '../../../../scripts/image/build/hash-file';
import { describeResult, keepResult } from '../../../../scripts/image/build/keep';
import { parseContents } from '../../../../scripts/image/build/manifest';
import { renderSbom } from '../../../../scripts/image/build/sbom';
import { publicLine } from '../../../../scripts/image/build/seed';
import { tarOf } from '../../../../scripts/image/tar';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'watari-result-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const name = 'watari-edge-amd64-v3-0123456789ab';
const contents = [
  'deb\tlibstdc++6\t12.2.0-14+deb12u1\tamd64\tgcc-12',
  'deb\tbind9-host\t1:9.18.41-1\tamd64\tbind9',
  `release\tk3s\t1.31.4\tApache-2.0\t${'a'.repeat(64)}`,
  'hotfix\tKB5043080\t',
  '',
].join('\n');
const draft = {
  image: 'edge',
  variant: 'amd64-v3',
  contentId: '0123456789ab',
  name,
  builder: 'qemu',
  tools: { packer: '1.6.6' },
  checks: [],
};

test('the list of contents names packages as vulnerability scanners look for them', () => {
  const bom = renderSbom({ name, image: 'edge', contentId: '0123456789ab', packages: parseContents(contents) });
  expect(bom).toMatchObject({
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: expect.stringMatching(
      /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    ),
    components: [
      { name: 'libstdc++6', purl: 'pkg:deb/debian/libstdc%2B%2B6@12.2.0-14%2Bdeb12u1?arch=amd64&distro=debian-12' },
      { name: 'bind9-host', purl: 'pkg:deb/debian/bind9-host@1%3A9.18.41-1?arch=amd64&distro=debian-12' },
      { purl: 'pkg:generic/k3s@1.31.4', licenses: [{ license: { id: 'Apache-2.0' } }] },
      { purl: 'pkg:generic/KB5043080' },
    ],
  });
  const again = renderSbom({ name, image: 'edge', contentId: '0123456789ab', packages: parseContents(contents) });
  expect(again).toEqual(bom);
});

test('manifest, list of contents and checksums lie beside the disk, and sha256sum agrees', async () => {
  const result = join(folder, 'result');
  mkdirSync(result);
  writeFileSync(join(folder, 'manifest.tsv'), contents);
  writeFileSync(join(result, 'disk.qcow2'), 'a disk');
  const manifest = await describeResult(result, ['disk.qcow2'], draft, folder);
  expect(manifest.packages).toHaveLength(4);
  expect(manifest.files[0]).toEqual({
    name: 'disk.qcow2',
    bytes: 6,
    sha256: await sha256Of(join(result, 'disk.qcow2')),
  });
  const said = execFileSync('sha256sum', ['-c', 'SHA256SUMS'], { cwd: result, encoding: 'utf8' });
  expect(said).toBe('disk.qcow2: OK\nsbom.cdx.json: OK\nmanifest.json: OK\n');
});

test('a cloud tells what it calls the image in each region', async () => {
  const result = join(folder, 'result');
  mkdirSync(result);
  const builds = [{ artifact_id: 'ap-northeast-1:ami-1,ap-northeast-3:ami-2' }];
  writeFileSync(join(folder, 'packer-manifest.json'), JSON.stringify({ builds }));
  const manifest = await describeResult(result, [], { ...draft, builder: 'amazon-ebs' }, folder);
  expect(manifest.artifacts).toEqual(['ap-northeast-1:ami-1', 'ap-northeast-3:ami-2']);
});

test('a result takes the place of an older one as a whole', () => {
  const place = join(folder, 'store', 'qcow2');
  for (const file of ['old', 'new']) {
    const result = join(folder, file);
    mkdirSync(result);
    writeFileSync(join(result, file), '');
    keepResult(result, place);
  }
  expect([existsSync(join(place, 'old')), existsSync(join(place, 'new'))]).toEqual([false, true]);
});

test('the key of a build is one that OpenSSH reads', () => {
  const { privateKey } = generateKeyPairSync('ed25519');
  const line = publicLine(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
  writeFileSync(join(folder, 'key.pub'), `${line}\n`);
  expect(createPrivateKey(privateKey.export({ type: 'pkcs8', format: 'pem' })).asymmetricKeyType).toBe('ed25519');
  expect(execFileSync('ssh-keygen', ['-l', '-f', join(folder, 'key.pub')], { encoding: 'utf8' })).toContain(
    '256 SHA256:',
  );
});

test('files go to the machine as an archive that tar reads', () => {
  writeFileSync(
    join(folder, 'a.tar'),
    tarOf([
      ['checks/running.sh', 'echo\n'],
      ['packages.list', 'x'.repeat(600)],
    ]),
  );
  execFileSync('tar', ['-xf', 'a.tar'], { cwd: folder });
  expect(readFileSync(join(folder, 'checks', 'running.sh'), 'utf8')).toBe('echo\n');
  expect(readFileSync(join(folder, 'packages.list'), 'utf8')).toHaveLength(600);
});
