import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { readDebian } from '../../scripts/image/stage';
import type { Requirement } from './requirements';
import { findProgram } from './programs';

const programs = ['packer', 'qemu-system-x86_64', 'qemu-img', 'mmdebstrap', 'xorriso', 'ssh'];

/** Everything that builds an image on this machine, and somebody who wants it: it takes minutes. */
export const imageBuilds: Requirement = {
  name: 'WATARI_BUILD_IMAGES',
  install:
    'WATARI_BUILD_IMAGES=1 builds images, which takes minutes; ' +
    'apt-get install packer qemu-system-x86 qemu-utils mmdebstrap xorriso openssh-client',
  isPresent: () => isWanted() && programs.every((name) => findProgram(name) !== undefined),
};

const isWanted = () => process.env.CI === 'true' || process.env.WATARI_BUILD_IMAGES === '1';

/** Debian as the images are pinned to it, or as it is today where the archive of snapshots is not reached. */
export async function debianArchive(root: string): Promise<string | undefined> {
  if (process.env.WATARI_DEBIAN_ARCHIVE) return process.env.WATARI_DEBIAN_ARCHIVE;
  const { archive, snapshot, suite } = readDebian(root);
  try {
    const address = `${archive}/${snapshot}/dists/${suite}/InRelease`;
    const answer = await fetch(address, { method: 'HEAD', signal: AbortSignal.timeout(15_000) });
    if (answer.ok) return undefined;
  } catch {
    // No network leads there.
  }
  return 'http://deb.debian.org/debian';
}

/**
 * What has been proven of an image on this machine, whatever clone of the repository did it: the same content from the
 * same archive needs no second proof.
 */
export class ImageProof {
  private readonly file: string;

  constructor(name: string, archive: string | undefined) {
    const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
    const place = archive === undefined ? 'snapshot' : encodeURIComponent(archive);
    this.file = join(cache, 'watari', 'proven-images', `${name}.${place}`);
  }

  /** When it was proven, and how; undefined where it was not. */
  read(): string | undefined {
    return existsSync(this.file) ? readFileSync(this.file, 'utf8').trim() : undefined;
  }

  write(how: string): void {
    mkdirSync(dirname(this.file), { recursive: true });
    writeFileSync(this.file, `${new Date().toISOString()}: ${how}\n`);
  }
}
