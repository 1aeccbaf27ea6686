import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'yaml';
import { renderCloudInit } from '../../constructs/cloud-init';
import type { MachineConfiguration } from '../../constructs/contract/configuration';
import type { MachineBase } from '../../constructs/machine-base';
import { findProgram } from './programs';

interface UserData {
  readonly hostname?: string;
  readonly runcmd: readonly string[];
  readonly write_files: readonly {
    readonly path: string;
    readonly permissions: string;
    readonly owner?: string;
    readonly defer?: boolean;
    readonly encoding?: string;
    readonly content: string;
  }[];
}

export function parseUserData(text: string): UserData {
  return parse(text) as UserData;
}

/** The files that a machine has after its first boot, by path, decoded. */
export function machineFiles(configuration: MachineConfiguration): Readonly<Record<string, string>> {
  const files = parseUserData(renderCloudInit(configuration)).write_files;
  return Object.fromEntries(files.map((file) => [file.path, decodeFile(file.encoding, file.content)]));
}

export function decodeFile(encoding: string | undefined, content: string): string {
  if (!encoding) return content;
  const bytes = Buffer.from(content, 'base64');
  return (encoding === 'gz+b64' ? gunzipSync(bytes) : bytes).toString();
}

/** A file's text, `{}` in which stands for its folder, or what makes the text of the folder. */
export type Content = string | ((folder: string) => string);

/** What a program says about files in a temporary folder, for which `{}` stands in arguments. */
export function check(
  program: string,
  args: readonly string[],
  files: Readonly<Record<string, Content>>,
): { readonly ok: boolean; readonly output: string } {
  const folder = mkdtempSync(join(tmpdir(), 'watari-check-'));
  try {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      const text = typeof content === 'string' ? content.replaceAll('{}', folder) : content(folder);
      writeFileSync(join(folder, path), text);
    }
    const command = findProgram(program) ?? program;
    const answer = spawnSync(
      command,
      args.map((arg) => arg.replaceAll('{}', folder)),
      { encoding: 'utf8', timeout: 20_000 },
    );
    return { ok: answer.status === 0, output: `${answer.stdout}${answer.stderr}` };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A base for machines in tests. */
export function testBase(change: Partial<MachineBase> = {}): MachineBase {
  return {
    hostname: 'cage-machine-a',
    half: 'a',
    sshAuthority: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAbc operators',
    operators: ['10.70.0.0/24'],
    healthSources: ['10.64.0.0/10', '35.191.0.0/16'],
    routes: [{ cidr: '10.64.0.0/10', via: '10.65.0.1' }],
    ...change,
  };
}
