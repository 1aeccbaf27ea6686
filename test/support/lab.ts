import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { renderCloudInit } from '../../constructs/cloud-init';
import type { MachineConfiguration } from '../../constructs/contract/configuration';
import { machineFiles, parseUserData } from './machine-files';
import { findProgram } from './programs';
import type { Requirement } from './requirements';

/** Machines as Linux namespaces on one bridge, each with the files that its first boot writes, at their own paths. */
export interface Lab {
  /** Adds a machine with an address; without a configuration it is a place to run clients from. */
  add(name: string, address: string, configuration?: MachineConfiguration): void;
  boot(name: string): void;
  /** Every process of the machine ends at once; its address stays, and refuses. */
  kill(name: string): void;
  /** The machine loses its network without a word, as in a power cut. */
  cut(name: string): void;
  spawn(name: string, command: string, args: readonly string[]): ChildProcess;
  /** Runs a command among a machine's own files. */
  run(name: string, command: string, args: readonly string[]): ChildProcess;
  addresses(name: string): string;
  /** The status of an answer, 0 for none, and its text. */
  get(from: string, url: string): { readonly status: number; readonly body: string };
  remove(): void;
}

export const namespaces: Requirement = {
  name: 'namespaces',
  install: 'root, and apt-get install iproute2 util-linux nftables curl procps',
  isPresent: () =>
    process.getuid?.() === 0 &&
    ['ip', 'unshare', 'nsenter', 'nft', 'curl', 'sysctl'].every((name) => findProgram(name) !== undefined) &&
    spawnSync('unshare', ['-n', '-m', 'true']).status === 0,
};

/** What systemd would start for units that come with packages. */
const packaged: Readonly<Record<string, string>> = {
  'nginx.service': "nginx -g 'daemon off;'",
  'haproxy.service': 'haproxy -W -db -f /etc/haproxy/haproxy.cfg',
  'keepalived.service': 'sh -c "sleep 0.5; exec keepalived -n -l -f /etc/keepalived/keepalived.conf"',
};
/** Units whose work is done at the start or at the end of a machine's life. */
const notStarted = ['nftables.service', 'watari-routes.service', 'watari-drain.service'];

/** @param names what the zone of the platform answers, by address */
export function createLab(names: Readonly<Record<string, string>>): Lab {
  const folder = mkdtempSync(join(tmpdir(), 'watari-lab-'));
  const space = (name: string) => `watari-${process.pid}-${name}`;
  const machines: string[] = [];
  const ip = (...args: string[]) => command('ip', args);
  const pids = (name: string) =>
    command('ip', ['netns', 'pids', space(name)])
      .split('\n')
      .filter(Boolean);
  const kill = (name: string) => pids(name).forEach(killQuietly);
  const start = (name: string, args: readonly string[], stdout: 'ignore' | 'pipe' = 'ignore') =>
    spawn('ip', ['netns', 'exec', space(name), ...args], { stdio: ['ignore', stdout, 'ignore'] });

  ip('netns', 'add', space('wire'));
  ip('-n', space('wire'), 'link', 'add', 'wire', 'type', 'bridge', 'forward_delay', '0', 'mcast_snooping', '0');
  ip('-n', space('wire'), 'link', 'set', 'dev', 'wire', 'up');
  return {
    add: (name, address, configuration) => {
      machines.push(name);
      ip('netns', 'add', space(name));
      ip('-n', space(name), 'link', 'set', 'dev', 'lo', 'up');
      ip(
        'link',
        'add',
        'name',
        'nic',
        'netns',
        space(name),
        'type',
        'veth',
        'peer',
        'name',
        name,
        'netns',
        space('wire'),
      );
      ip('-n', space('wire'), 'link', 'set', 'dev', name, 'master', 'wire', 'up');
      ip('-n', space(name), 'link', 'set', 'dev', 'nic', 'up');
      ip('-n', space(name), 'address', 'add', address, 'dev', 'nic');
      if (configuration) writeMachine(join(folder, name), configuration, names);
    },
    boot: (name) => {
      const script = join(__dirname, 'lab-machine.sh');
      start(name, ['unshare', '-m', '-p', '-f', '--mount-proc', '--kill-child', 'sh', script, join(folder, name)]);
    },
    kill,
    cut: (name) => ip('-n', space('wire'), 'link', 'set', 'dev', name, 'nomaster'),
    spawn: (name, program, args) => start(name, [program, ...args], 'pipe'),
    run: (name, program, args) => {
      const [, first = ''] = pids(name);
      return spawn('nsenter', ['-t', first, '-m', '-n', program, ...args], { stdio: 'ignore' });
    },
    addresses: (name) => ip('-n', space(name), '-br', '-4', 'address', 'show', 'dev', 'nic'),
    get: (from, url) => {
      const args = ['netns', 'exec', space(from), 'curl', '-s', '-m', '1', '-w', '\n%{http_code}', url];
      const lines = spawnSync('ip', args, { encoding: 'utf8' }).stdout.split('\n');
      return { status: Number(lines.pop()), body: lines.join('\n') };
    },
    remove: () => {
      machines.forEach(kill);
      for (const name of [...machines, 'wire']) ip('netns', 'delete', space(name));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function writeMachine(
  folder: string,
  configuration: MachineConfiguration,
  names: Readonly<Record<string, string>>,
): void {
  const files = machineFiles(configuration);
  for (const file of parseUserData(renderCloudInit(configuration)).write_files) {
    const path = join(folder, 'root', file.path);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, files[file.path] ?? '');
    chmodSync(path, Number.parseInt(file.permissions, 8));
    chownSync(path, 0, 0);
  }
  const hosts = Object.entries(names).map(([name, address]) => `${address} ${name}\n`);
  writeFileSync(join(folder, 'hosts'), hosts.join(''));
  writeFileSync(join(folder, 'start'), startCommands(configuration, files).join(''));
}

function startCommands(configuration: MachineConfiguration, files: Readonly<Record<string, string>>): string[] {
  return configuration.units
    .map((unit) => unit.name)
    .filter((name) => !name.includes('/') && !notStarted.includes(name))
    .map((name) => packaged[name] ?? /ExecStart=(.*)/.exec(files[`/etc/systemd/system/${name}`] ?? '')?.[1])
    .map((line) => `${line ?? 'true'}\n`);
}

function command(program: string, args: readonly string[]): string {
  const answer = spawnSync(program, args, { encoding: 'utf8' });
  if (answer.status !== 0) throw new Error(`${program} ${args.join(' ')}: ${answer.stderr}`);
  return answer.stdout;
}

function killQuietly(pid: string): void {
  try {
    process.kill(Number(pid), 'SIGKILL');
  } catch {
    // It has ended with its parent.
  }
}
