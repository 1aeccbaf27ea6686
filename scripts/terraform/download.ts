import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readZipEntry } from './unzip';
import pinned from './release.json';

/** A release of OpenTofu: its version, and the SHA-256 of its zip for each `<os>_<architecture>`. */
export interface Release {
  readonly version: string;
  readonly sha256: Readonly<Record<string, string>>;
}

/**
 * The release that is downloaded where neither Terraform nor OpenTofu is installed. Version and checksums are pinned in
 * `release.json`, which names the public records they were read from; nothing that the mirror says is trusted.
 */
export const pinnedRelease: Release = pinned;

export const defaultMirror = 'https://github.com/opentofu/opentofu/releases/download';

export interface DownloadOptions {
  /** Folder that keeps downloaded programs. */
  readonly cache: string;
  /** Address before `/v<version>/<file>`. */
  readonly mirror: string;
  readonly release: Release;
  /** `<os>_<architecture>` as OpenTofu names them. */
  readonly platform: string;
  readonly note: (text: string) => void;
}

const downloadMilliseconds = 600_000;
const architectures: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' };

/** This machine in OpenTofu's words, such as `linux_amd64`. */
export function currentPlatform(): string {
  return `${process.platform}_${architectures[process.arch] ?? process.arch}`;
}

/** Where the downloaded program lies, whether or not it is there. */
export function cachedProgram(cache: string, release: Release): string {
  return join(cache, `tofu_${release.version}`, 'tofu');
}

/**
 * Downloads the release, checks its SHA-256, unpacks it into the cache and returns the path of the program.
 * Throws an `Error` whose message is one clause: what went wrong, with the address.
 */
export async function downloadRelease(options: DownloadOptions): Promise<string> {
  const { release, platform } = options;
  const expected = release.sha256[platform];
  if (!expected) throw new Error(`there is no pinned OpenTofu for ${platform}`);
  const file = `tofu_${release.version}_${platform}.zip`;
  const address = `${options.mirror.replace(/\/+$/, '')}/v${release.version}/${file}`;
  options.note(`Downloading OpenTofu ${release.version} from ${address}`);
  const archive = await fetchFile(address);
  const actual = createHash('sha256').update(archive).digest('hex');
  if (actual !== expected) throw new Error(`${address} has SHA-256 ${actual}, and ${expected} is pinned`);
  return install(readZipEntry(archive, 'tofu'), cachedProgram(options.cache, release));
}

async function fetchFile(address: string): Promise<Buffer> {
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(downloadMilliseconds) });
    if (!response.ok) throw new Error(`HTTP ${response.status} ${response.statusText}`.trim());
    return Buffer.from(await response.arrayBuffer());
  } catch (error) {
    throw new Error(`${address} could not be had: ${describe(error)}`, { cause: error });
  }
}

/** `fetch` hides the reason (`getaddrinfo ENOTFOUND ...`) one level down. */
function describe(error: unknown): string {
  const { cause, message } = error as { readonly cause?: { readonly message?: string }; readonly message?: string };
  return cause?.message || message || String(error);
}

/**
 * In place at once and whole, so that a run that is killed, or a second one, finds all of it or nothing: a file is
 * replaced by one rename, under whoever runs the former one.
 */
function install(program: Buffer, target: string): string {
  mkdirSync(dirname(target), { recursive: true });
  const draft = mkdtempSync(`${target}-`);
  try {
    const file = join(draft, 'tofu');
    writeFileSync(file, program);
    chmodSync(file, 0o755);
    renameSync(file, target);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return target;
}
