import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { sha256Of } from '../../../../scripts/image/build/hash-file';
import { convertDisk } from '../../../../scripts/image/build/qemu-disk';
import type { Format } from '../../../../scripts/image/build/unit';
import { findProgram } from '../../../support/programs';
import { describeWith } from '../../../support/requirements';

const qemuImg = {
  name: 'qemu-img',
  install: 'apt-get install qemu-utils',
  isPresent: () => findProgram('qemu-img') !== undefined,
};
const mebibyte = 2 ** 20;
const name = 'watari-plain-amd64-0123456789ab';

describeWith(qemuImg, "Packer's disk", () => {
  let work: string;
  let folder: string;
  beforeEach(() => {
    work = mkdtempSync(join(tmpdir(), 'watari-formats-'));
    folder = join(work, 'result');
    mkdirSync(folder);
    writeFileSync(join(work, 'raw'), Buffer.concat([Buffer.from('first'), Buffer.alloc(8 * mebibyte - 5)]));
    toQcow2('raw', 'disk');
  });
  afterEach(() => rmSync(work, { recursive: true, force: true }));

  const run = (program: string, args: readonly string[], cwd = folder) =>
    execFileSync(program, args, { cwd, encoding: 'utf8' });
  const toQcow2 = (from: string, to: string) =>
    run('qemu-img', ['convert', '-f', 'raw', '-O', 'qcow2', from, to], work);
  const convert = async (format: Format) => {
    const signal = new AbortController().signal;
    const options = { name, output: work, folder, env: process.env, signal, log: () => undefined };
    expect(await convertDisk(format, options)).toEqual([`${name}.${format}`]);
    return join(folder, `${name}.${format}`);
  };

  test('becomes a disk that stands alone, or its bytes as they are', async () => {
    const info = JSON.parse(run('qemu-img', ['info', '--output=json', await convert('qcow2')])) as object;
    expect(info).toMatchObject({ format: 'qcow2', 'virtual-size': 8 * mebibyte });
    expect(info).not.toHaveProperty('backing-filename');
    expect(
      readFileSync(await convert('raw'))
        .subarray(0, 5)
        .toString(),
    ).toBe('first');
    expect(gunzipSync(readFileSync(await convert('ddgz')))).toHaveLength(8 * mebibyte);
  });

  test('becomes a machine for VMware: descriptor, checksums that are right, compressed disk, in this order', async () => {
    const ova = await convert('ova');
    const files = run('tar', ['-tf', ova]).trim().split('\n');
    expect(files).toEqual([`${name}.ovf`, `${name}.mf`, `${name}-disk1.vmdk`]);
    run('tar', ['-xf', ova]);
    const disk = join(folder, `${name}-disk1.vmdk`);
    const info = JSON.parse(run('qemu-img', ['info', '--output=json', disk])) as object;
    expect(info).toMatchObject({ 'format-specific': { data: { 'create-type': 'streamOptimized' } } });
    const ovf = readFileSync(join(folder, `${name}.ovf`), 'utf8');
    expect(ovf).toContain(`ovf:size="${statSync(disk).size}"`);
    expect(ovf).toContain(`ovf:capacity="${8 * mebibyte}"`);
    const sum = await sha256Of(disk);
    expect(readFileSync(join(folder, `${name}.mf`), 'utf8')).toContain(`SHA256(${name}-disk1.vmdk)= ${sum}\n`);
  });

  test('has an archive for MAAS beside it, which is cut out to the byte', async () => {
    const archive = gzipSync('a root file system');
    const head = Buffer.alloc(4096);
    head.write(`${archive.length}\n`);
    writeFileSync(join(work, 'second'), Buffer.concat([head, archive, Buffer.alloc(mebibyte - 4096 - archive.length)]));
    toQcow2('second', 'disk-1');
    expect(readFileSync(await convert('tgz'))).toEqual(archive);
  });

  test('without the archive is no image for MAAS', async () => {
    writeFileSync(join(work, 'second'), Buffer.alloc(mebibyte));
    toQcow2('second', 'disk-1');
    await expect(convert('tgz')).rejects.toThrow('has left no archive');
  });
});
