import { execFile } from 'node:child_process';
import { terraformEnvironment, type Environment } from './environment';

/** Oldest version that knows what the states need: S3 lock files came with Terraform 1.10 and OpenTofu 1.10. */
export const oldestVersion = '1.10.0';

const answerMilliseconds = 20_000;
const versionPattern = /^v?(\d+)\.(\d+)\.(\d+)(-[0-9A-Za-z.-]+)?/;

/** What a program said when it was asked for its version; `reason` where it gave none. */
export type VersionAnswer = { readonly version: string } | { readonly reason: string };

/** Asks a program for its version, as Terraform and OpenTofu both answer to `version -json`. Throws nothing. */
export async function readVersion(program: string, env: Environment): Promise<VersionAnswer> {
  const clean = terraformEnvironment(env).env;
  return new Promise((resolve) => {
    execFile(program, ['version', '-json'], { env: clean, timeout: answerMilliseconds }, (error, stdout, stderr) => {
      resolve(error ? { reason: firstLine(stderr) || error.message } : parseVersion(stdout));
    });
  });
}

/** Reads the output of `terraform version -json`; what is printed around the document is passed over. */
export function parseVersion(output: string): VersionAnswer {
  const reason = `\`version -json\` answered ${JSON.stringify(output.slice(0, 80))}`;
  const [start, end] = [output.indexOf('{'), output.lastIndexOf('}')];
  if (start < 0 || end < start) return { reason };
  try {
    const document = JSON.parse(output.slice(start, end + 1)) as { readonly terraform_version?: unknown };
    const version = document.terraform_version;
    return typeof version === 'string' && versionPattern.test(version) ? { version } : { reason };
  } catch {
    return { reason };
  }
}

/** Whether `version` is `oldestVersion` or later; a pre-release comes before its release. */
export function isNewEnough(version: string, oldest: string = oldestVersion): boolean {
  const [found, bound] = [partsOf(version), partsOf(oldest)];
  const index = found.findIndex((part, i) => part !== bound[i]);
  return index < 0 || (found[index] ?? 0) > (bound[index] ?? 0);
}

function partsOf(version: string): number[] {
  const [, major, minor, patch, preRelease] = versionPattern.exec(version) ?? [];
  return [Number(major ?? 0), Number(minor ?? 0), Number(patch ?? 0), preRelease ? 0 : 1];
}

function firstLine(text: string): string {
  return text.trim().split('\n')[0] ?? '';
}
