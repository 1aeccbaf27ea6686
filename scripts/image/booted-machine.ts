import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { acceleratorFor } from './accelerator';
import { Interrupted, runChild } from './build/child';
import { qemuCommand } from './machine';
import type { StoredDisk } from './stored-disk';

export interface BootOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  /** User data beside the account that this machine logs in with: another part of cloud-init's multi-part format. */
  readonly userData?: string;
  /** Ports of the guest that are to be reached from here, beside that of SSH. */
  readonly ports?: readonly number[];
  /** Programs of this machine that answer connections to an address of the guest's network: `10.0.2.100:1935`. */
  readonly services?: Readonly<Record<string, string>>;
  /** GiB by which the disk is larger than the image. @default 2 */
  readonly moreGiB?: number;
}

export interface Answer {
  readonly code: number;
  readonly output: string;
}

/** An image that was booted with a first configuration of its own; the stored file stays as it is. */
export interface BootedMachine {
  readonly diskGiB: number;
  readonly folder: string;
  /** Ports of this machine by those of the guest. */
  readonly ports: Readonly<Record<number, number>>;
  readonly sshCommand: string;
  /** Runs a command as root. @param input what it reads */
  run(command: string, input?: Buffer): Promise<Answer>;
  /** Waits until somebody may log in, which is when cloud-init is through. @throws Error with the console's end */
  ready(): Promise<void>;
  /** Ends with the machine. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

export const checkAccount = 'watari-check';
/** Under emulation, on a machine with other work, a first boot takes minutes. */
const bootMinutes = 15;

export async function bootMachine(stored: StoredDisk, options: BootOptions): Promise<BootedMachine> {
  const folder = mkdtempSync(join(tmpdir(), 'watari-boot-'));
  const stopper = new AbortController();
  const signal = AbortSignal.any([options.signal, stopper.signal]);
  try {
    const prepared = await prepareMachine(stored, folder, { ...options, signal });
    const output: string[] = [];
    const ended = runMachine(stored, prepared, { ...options, signal }, output);
    const state = { isOver: false };
    void ended.catch(() => undefined).finally(() => (state.isOver = true));
    const ssh = sshArguments(prepared.key, prepared.ports[22] ?? 0);
    const run: BootedMachine['run'] = (command, input) => runOver(ssh, command, options.env, input);
    return {
      diskGiB: prepared.diskGiB,
      folder,
      ports: prepared.ports,
      sshCommand: ['ssh', ...ssh].join(' '),
      run,
      ended,
      ready: () =>
        waitUntilReady(
          run,
          () => state.isOver,
          () => [...output, ...lastLines(prepared.console)],
        ),
      stop: async () => {
        stopper.abort();
        await ended.catch(() => undefined);
        rmSync(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

interface PreparedMachine {
  readonly diskGiB: number;
  readonly disk: string;
  readonly seed: string;
  readonly key: string;
  readonly console: string;
  readonly ports: Readonly<Record<number, number>>;
}

/** Key, seed, and a disk over the stored one that takes what the machine writes. */
async function prepareMachine(
  { staged, file, format }: StoredDisk,
  folder: string,
  { env, signal, userData, ports, moreGiB }: BootOptions,
): Promise<PreparedMachine> {
  const run = async (program: string, args: readonly string[]) => {
    const lines: string[] = [];
    const code = await runChild(program, args, { env, signal, onLine: (line) => lines.push(line) });
    if (code !== 0) throw new Error(`${program} ${args.join(' ')} ends with ${code}: ${lines.join('\n')}`);
  };
  const key = join(folder, 'key');
  await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', checkAccount, '-f', key]);
  const seed = writeSeed(folder, readFileSync(`${key}.pub`, 'utf8').trim(), userData);
  await run('xorriso', seed.command);
  const diskGiB = staged.image.diskGiB + (moreGiB ?? 2);
  const disk = join(folder, 'disk.qcow2');
  await run('qemu-img', ['create', '-q', '-f', 'qcow2', '-b', file, '-F', format, disk, `${diskGiB}G`]);
  const console = join(folder, 'console.log');
  return { diskGiB, disk, seed: seed.file, key, console, ports: await freePorts([22, ...(ports ?? [])]) };
}

/** Ends when the machine is powered off or stopped; its own words go to `output`. */
async function runMachine(
  { staged: { variant } }: StoredDisk,
  { disk, seed, ports, console }: PreparedMachine,
  { env, signal, services = {} }: BootOptions,
  output: string[],
): Promise<void> {
  const accelerator = acceleratorFor(variant);
  const [program, args] = qemuCommand({ variant, accelerator, disk, format: 'qcow2', seed, ports, services });
  const all = [...args, '-serial', `file:${console}`];
  try {
    await runChild(program, all, { env, signal, onLine: (line) => output.push(line) });
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
  }
}

async function waitUntilReady(
  run: BootedMachine['run'],
  isOver: () => boolean,
  lastWords: () => readonly string[],
): Promise<void> {
  const end = Date.now() + bootMinutes * 60_000;
  while (Date.now() < end && !isOver()) {
    if ((await run('cloud-init status --wait >/dev/null; true')).code === 0) return;
    await wait(1000);
  }
  throw new Error(`nobody can log in to the machine:\n${lastWords().join('\n')}`);
}

function lastLines(file: string): readonly string[] {
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(-20) : [];
}

/** A CD that cloud-init knows as its NoCloud source by the label. */
function writeSeed(folder: string, publicKey: string, userData: string | undefined) {
  const source = join(folder, 'seed');
  mkdirSync(source);
  writeFileSync(join(source, 'meta-data'), `instance-id: boot-${randomUUID()}\n`);
  writeFileSync(join(source, 'user-data'), multipart([...(userData ? [userData] : []), accountPart(publicKey)]));
  const file = join(folder, 'seed.iso');
  return { file, command: ['-as', 'mkisofs', '-quiet', '-V', 'cidata', '-J', '-r', '-o', file, source] };
}

/** The last part: where the firewall is closed, by the image or by user data, SSH is let in after all else. */
function accountPart(publicKey: string): string {
  const account = {
    name: checkAccount,
    shell: '/bin/bash',
    sudo: 'ALL=(ALL) NOPASSWD:ALL',
    lock_passwd: true,
    ssh_authorized_keys: [publicKey],
  };
  const open =
    '! nft list chain inet watari input >/dev/null 2>&1 || nft insert rule inet watari input tcp dport 22 accept';
  const parts = {
    // Added to the lists of user data, in place of replacing them.
    merge_how: 'list(append)+dict(recurse_array)+str()',
    users: ['default', account],
    runcmd: [['sh', '-c', open]],
  };
  return `#cloud-config\n${toYaml(parts)}`;
}

/** JSON of each value is YAML. */
function toYaml(parts: Readonly<Record<string, unknown>>): string {
  return Object.entries(parts)
    .map(([name, value]) => `${name}: ${JSON.stringify(value)}\n`)
    .join('');
}

/** https://cloudinit.readthedocs.io/en/latest/explanation/format.html#mime-multi-part-archive */
function multipart(parts: readonly string[]): string {
  const boundary = 'watari-part';
  const bodies = parts.map((part) => {
    const type = part.startsWith('#!') ? 'text/x-shellscript' : 'text/cloud-config';
    return `--${boundary}\nContent-Type: ${type}; charset="utf-8"\n\n${part}\n`;
  });
  return `Content-Type: multipart/mixed; boundary="${boundary}"\nMIME-Version: 1.0\n\n${bodies.join('')}--${boundary}--\n`;
}

function sshArguments(key: string, port: number): readonly string[] {
  const settings = [
    'BatchMode=yes',
    'ConnectTimeout=10',
    'IdentitiesOnly=yes',
    'LogLevel=ERROR',
    'StrictHostKeyChecking=no',
    'UserKnownHostsFile=/dev/null',
  ];
  return [
    ...settings.flatMap((each) => ['-o', each]),
    '-F',
    'none',
    '-i',
    key,
    '-p',
    String(port),
    `${checkAccount}@127.0.0.1`,
  ];
}

async function runOver(
  ssh: readonly string[],
  command: string,
  env: BootOptions['env'],
  input: Buffer | undefined,
): Promise<Answer> {
  const quoted = `sudo sh -c '${command.replaceAll("'", `'\\''`)}'`;
  const child = spawn('ssh', [...ssh, quoted], { env: env as NodeJS.ProcessEnv, stdio: ['pipe', 'pipe', 'pipe'] });
  const chunks: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const code = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => resolve(status ?? -1));
  });
  return { code, output: Buffer.concat(chunks).toString('utf8') };
}

/** Ports that nobody listens on now; the machine takes them at once. */
async function freePorts(guests: readonly number[]): Promise<Record<number, number>> {
  const servers = guests.map(() => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => new Promise((resolve) => server.once('listening', resolve))));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return Object.fromEntries(guests.map((guest, index) => [guest, ports[index] ?? 0]));
}
