import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stopCommand, writeMachine } from './lab-boot';
import { findProgram } from './programs';
import type { Requirement } from './requirements';

/** A machine with the addresses and the user data that a deployment gives it. */
export interface LabMachine {
  readonly name: string;
  readonly interfaces: readonly LabInterface[];
  /** Where packets for everywhere else go. */
  readonly gateway?: string;
  /** Without it, the machine is a place to run clients from. */
  readonly userData?: string;
  /** Passes packets on between its interfaces. @default false */
  readonly forwards?: boolean;
}

export interface LabInterface {
  readonly name: string;
  readonly address: string;
  /** CIDR; interfaces of one subnet see each other. */
  readonly subnet: string;
}

/** Machines as Linux namespaces, a bridge for each subnet, each with the files of its first boot at their own paths. */
export interface Lab {
  add(machine: LabMachine): void;
  boot(name: string): void;
  /** Every process of the machine ends at once; its addresses stay, and refuse. */
  kill(name: string): void;
  /** The machine loses its networks without a word, as in a power cut. */
  cut(name: string): void;
  spawn(name: string, command: string, args: readonly string[]): ChildProcess;
  /** Runs what stops a unit, as a shutdown does. */
  stop(name: string, unit: string): ChildProcess;
  addresses(name: string): string;
  /** The status of an answer, 0 for none, and its text. */
  get(from: string, url: string): { readonly status: number; readonly body: string };
  remove(): void;
}

export const namespaces: Requirement = {
  name: 'namespaces',
  install:
    'root, a kernel that lets it make network namespaces, and apt-get install iproute2 util-linux nftables curl procps',
  isPresent: () =>
    process.getuid?.() === 0 &&
    ['ip', 'unshare', 'nsenter', 'nft', 'curl', 'sysctl'].every((name) => findProgram(name) !== undefined) &&
    spawnSync('unshare', ['-n', '-m', 'true']).status === 0,
};

/** @param names what the zone of the platform answers, by name */
export function createLab(names: Readonly<Record<string, string>>): Lab {
  const folder = mkdtempSync(join(tmpdir(), 'watari-lab-'));
  const wires = createWires(space('wire'));
  const machines = new Map<string, LabMachine>();
  const kill = (name: string) => pids(name).forEach(killQuietly);
  const start = (name: string, args: readonly string[], stdout: 'ignore' | 'pipe' = 'ignore') =>
    spawn('ip', ['netns', 'exec', space(name), ...args], { stdio: ['ignore', stdout, 'ignore'] });
  return {
    add: (machine) => {
      machines.set(machine.name, machine);
      addNamespace(machine, wires);
      if (machine.userData !== undefined) writeMachine(join(folder, machine.name), machine.userData, names);
    },
    boot: (name) => {
      const script = join(__dirname, 'lab-machine.sh');
      start(name, ['unshare', '-m', '-p', '-f', '--mount-proc', '--kill-child', 'sh', script, join(folder, name)]);
    },
    kill,
    cut: (name) => wires.cut(name),
    spawn: (name, program, args) => start(name, [program, ...args], 'pipe'),
    stop: (name, unit) => {
      const [, first = ''] = pids(name);
      const command = stopCommand(machines.get(name)?.userData ?? '', unit);
      return spawn('nsenter', ['-t', first, '-m', '-n', 'sh', '-c', command], { stdio: 'ignore' });
    },
    addresses: (name) => ip('-n', space(name), '-br', '-4', 'address', 'show'),
    get: (from, url) => {
      const args = ['netns', 'exec', space(from), 'curl', '-s', '-m', '1', '-w', '\n%{http_code}', url];
      const lines = spawnSync('ip', args, { encoding: 'utf8' }).stdout.split('\n');
      return { status: Number(lines.pop()), body: lines.join('\n') };
    },
    remove: () => {
      for (const name of machines.keys()) {
        kill(name);
        ip('netns', 'delete', space(name));
      }
      ip('netns', 'delete', space('wire'));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

interface Wires {
  /** Plugs an interface of a machine into the bridge of its subnet. */
  plug(machine: string, port: LabInterface): void;
  cut(machine: string): void;
}

/** The bridges, in a namespace of their own. Names of interfaces have 15 characters at most: ports are numbered. */
function createWires(own: string): Wires {
  const bridges: string[] = [];
  const ports: string[] = [];
  ip('netns', 'add', own);
  const bridgeOf = (subnet: string): string => {
    if (!bridges.includes(subnet)) {
      bridges.push(subnet);
      const bridge = `bridge${bridges.length - 1}`;
      ip('-n', own, 'link', 'add', bridge, 'type', 'bridge', 'forward_delay', '0', 'mcast_snooping', '0');
      ip('-n', own, 'link', 'set', 'dev', bridge, 'up');
    }
    return `bridge${bridges.indexOf(subnet)}`;
  };
  return {
    plug: (machine, { name, subnet }) => {
      const port = `port${ports.push(machine) - 1}`;
      const ends = ['name', name, 'netns', space(machine), 'type', 'veth', 'peer', 'name', port, 'netns', own];
      ip('link', 'add', ...ends);
      ip('-n', own, 'link', 'set', 'dev', port, 'master', bridgeOf(subnet), 'up');
    },
    cut: (machine) =>
      ports.forEach((plugged, number) => {
        if (plugged === machine) ip('-n', own, 'link', 'set', 'dev', `port${number}`, 'nomaster');
      }),
  };
}

function addNamespace({ name, interfaces, gateway, forwards }: LabMachine, wires: Wires): void {
  const own = space(name);
  ip('netns', 'add', own);
  ip('-n', own, 'link', 'set', 'dev', 'lo', 'up');
  for (const port of interfaces) {
    wires.plug(name, port);
    ip('-n', own, 'link', 'set', 'dev', port.name, 'up');
    ip('-n', own, 'address', 'add', `${port.address}/${port.subnet.split('/')[1] ?? ''}`, 'dev', port.name);
  }
  if (gateway !== undefined) ip('-n', own, 'route', 'add', 'default', 'via', gateway);
  if (forwards) ip('netns', 'exec', own, 'sysctl', '-q', '-w', 'net.ipv4.ip_forward=1');
}

const space = (name: string): string => `watari-${process.pid}-${name}`;
const ip = (...args: string[]): string => command('ip', args);
const pids = (name: string): string[] => ip('netns', 'pids', space(name)).split('\n').filter(Boolean);

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
