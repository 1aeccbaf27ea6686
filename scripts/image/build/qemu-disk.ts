import { renameSync, rmSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { gzipFile } from './gzip';
import { runChild } from './child';
import { readHead } from './hash-file';
import type { Format } from './unit';
import { writeOva } from './ova';
import { diskName } from '../../../images/kit/qemu';

export interface ConvertOptions {
  readonly name: string;
  /** Where Packer left the disks. */
  readonly output: string;
  /** Where the result goes. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  readonly log: (line: string) => void;
}

/** 90-seal.sh writes the archive behind a first block that says how many bytes it has. */
const archiveHeaderBytes = 4096;

/** Turns Packer's disk into a file of the format. @returns names of the files in the folder */
export async function convertDisk(format: Format, options: ConvertOptions): Promise<readonly string[]> {
  const disk = join(options.output, diskName);
  const file = `${options.name}.${extensions[format]}`;
  const target = join(options.folder, file);
  switch (format) {
    case 'qcow2':
      await qemuImg(['convert', '-c', '-O', 'qcow2', disk, target], options);
      break;
    case 'raw':
      await qemuImg(['convert', '-O', 'raw', disk, target], options);
      break;
    case 'tgz':
      await cutArchive(join(options.output, `${diskName}-1`), target, options);
      break;
    case 'ddgz':
      await compressRaw(disk, target, options);
      break;
    case 'ova':
      await writeOva(disk, target, { ...options, convert: (args) => qemuImg(args, options) });
      break;
  }
  return [file];
}

const extensions: Readonly<Record<Format, string>> = {
  qcow2: 'qcow2',
  raw: 'raw',
  tgz: 'tgz',
  ddgz: 'ddgz',
  ova: 'ova',
};

async function qemuImg(args: readonly string[], { env, signal, log }: ConvertOptions): Promise<void> {
  const code = await runChild('qemu-img', args, { env, signal, onLine: log });
  if (code !== 0) throw new Error(`qemu-img ${args.join(' ')} ends with ${code}`);
}

/** The archive begins behind the first block of the second disk, and ends where that block says. */
async function cutArchive(disk: string, target: string, options: ConvertOptions): Promise<void> {
  const raw = `${target}.raw`;
  await qemuImg(['convert', '-O', 'raw', disk, raw], options);
  const bytes = Number(readHead(raw, 32).toString('latin1').replace(/\0.*$/s, ''));
  if (!Number.isInteger(bytes) || bytes <= 0 || bytes > statSync(raw).size - archiveHeaderBytes) {
    throw new Error('the sealing script has left no archive on the second disk');
  }
  const code = await runChild(
    'dd',
    [`if=${raw}`, `of=${target}`, `skip=${archiveHeaderBytes}`, 'iflag=skip_bytes', 'bs=1M', 'status=none'],
    options,
  );
  if (code !== 0) throw new Error(`dd ends with ${code}`);
  truncateSync(target, bytes);
  rmSync(raw);
}

/** What MAAS writes to a disk as it is. */
async function compressRaw(disk: string, target: string, options: ConvertOptions): Promise<void> {
  const raw = `${target}.raw`;
  await qemuImg(['convert', '-O', 'raw', disk, raw], options);
  await gzipFile(raw, `${target}.part`);
  renameSync(`${target}.part`, target);
  rmSync(raw);
}
