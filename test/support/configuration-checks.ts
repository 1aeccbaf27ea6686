import { readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { stableHash } from '../../constructs/util/hash';
import type { NamedFile } from './emitted-machines';
import { type Content, check } from './machine-files';
import { findProgram } from './programs';
import { type Requirement, requirement } from './requirements';

/** A program that says whether it takes a file. */
export interface ConfigurationCheck {
  readonly program: string;
  readonly needs: readonly Requirement[];
  /** Whether a file is this program's. */
  takes(file: NamedFile): boolean;
  /** What is wrong, with the machine and the path of the file; none: all are taken. */
  refusals(files: readonly NamedFile[]): readonly string[];
  /** A file of it that it must refuse. */
  readonly broken: Pick<NamedFile, 'path' | 'content'>;
}

const units = '/etc/systemd/system/';
const scripts = '/usr/local/lib/watari/';
const isShell = ({ path, content }: NamedFile): boolean =>
  path === 'commands' || path === '/srv/watari/files' || path === '/etc/frr/daemons' || content.startsWith('#!/bin/sh');

export const configurationChecks: readonly ConfigurationCheck[] = [
  {
    program: 'cloud-init',
    needs: [requirement('cloud-init')],
    takes: ({ path }) => path === 'user-data',
    refusals: (files) => together(files, cloudInit(), validateAll),
    broken: { path: 'user-data', content: '#cloud-config\nruncmd: yes\n' },
  },
  {
    program: 'nginx',
    needs: [requirement('nginx')],
    takes: isAt('/etc/nginx/nginx.conf'),
    refusals: oneByOne('nginx', ['-t', '-q', '-c', '{}/file'], (text, folder) =>
      text.replace('/run/nginx.pid', `${folder}/pid`).replaceAll('/var/log/nginx', folder),
    ),
    broken: { path: '/etc/nginx/nginx.conf', content: 'events {}\nrtmp { server { listen 1935; application {} } }\n' },
  },
  {
    program: 'haproxy',
    needs: [requirement('haproxy')],
    takes: isAt('/etc/haproxy/haproxy.cfg'),
    refusals: oneByOne('haproxy', ['-c', '-q', '-f', '{}/file']),
    broken: { path: '/etc/haproxy/haproxy.cfg', content: 'listen one\n  bind :1935\n  blance roundrobin\n' },
  },
  {
    program: 'keepalived',
    needs: [requirement('keepalived')],
    takes: isAt('/etc/watari/keepalived.conf'),
    refusals: oneByOne('keepalived', ['-t', '-f', '{}/file'], (text) =>
      text.replaceAll(/@(interface|floating)@/g, anInterface()),
    ),
    broken: { path: '/etc/watari/keepalived.conf', content: 'vrrp_instance a {\n  virtual_router_id 300\n}\n' },
  },
  {
    program: 'vtysh',
    needs: [requirement('frr')],
    takes: isAt('/etc/frr/frr.conf'),
    refusals: oneByOne('vtysh', ['-C', '-f', '{}/file']),
    broken: { path: '/etc/frr/frr.conf', content: 'router bgp 64512\n neighbr 10.0.0.3 remote-as 1\n' },
  },
  {
    program: 'nft',
    needs: [requirement('nftables')],
    takes: ({ path }) => path === '/etc/nftables.conf' || path.endsWith('.nft'),
    refusals: oneByOne('nft', ['-c', '-f', '{}/file'], (text, folder) => text.replace('/etc/nftables.d', folder)),
    broken: { path: '/etc/nftables.conf', content: 'table inet a { chain b { tcp dport 1935 acept } }\n' },
  },
  {
    program: 'systemd',
    needs: [{ name: 'systemd', install: 'apt-get install systemd', isPresent: () => !!findProgram('systemd-analyze') }],
    takes: ({ path }) => path.startsWith(units),
    refusals: refusedUnits,
    broken: { path: `${units}watari-agent.service`, content: '[Service]\nExecStart=/bin/true\nRestart=sometimes\n' },
  },
  {
    program: 'sh',
    needs: [],
    takes: isShell,
    refusals: oneByOne('sh', ['-n', '{}/file']),
    broken: { path: 'commands', content: 'if true; then\n' },
  },
  {
    program: 'python3',
    needs: [{ name: 'python3', install: 'apt-get install python3', isPresent: () => !!findProgram('python3') }],
    takes: (file) => file.path.startsWith(scripts) && !isShell(file),
    refusals: (files) => together(files, 'python3', compileAll),
    broken: { path: `${scripts}agent`, content: '#!/usr/bin/python3\ndef state(:\n' },
  },
  {
    program: 'swanctl',
    needs: [requirement('charon')],
    takes: isAt('/etc/swanctl/conf.d/watari.conf'),
    refusals: (files) => together(files, 'unshare', ['-n', '-m', 'bash', '-mc', loadAll, 'load']),
    broken: {
      path: '/etc/swanctl/conf.d/watari.conf',
      content: 'connections { a { versoin = 2\n children { b {} } } }\n',
    },
  },
  {
    program: 'sshd',
    needs: [requirement('sshd')],
    takes: isAt('/etc/ssh/sshd_config.d/10-watari.conf'),
    refusals: (files) => oneByOne('sh', ['-c', testSshd, findProgram('sshd') ?? 'sshd', '{}'])(files),
    broken: { path: '/etc/ssh/sshd_config.d/10-watari.conf', content: 'PasswordAuthentication perhaps\n' },
  },
  {
    program: 'apt-config',
    needs: [requirement('apt-config')],
    takes: isAt('/etc/apt/apt.conf.d/90-watari'),
    refusals: oneByOne('apt-config', ['-c', '{}/file', 'dump']),
    broken: { path: '/etc/apt/apt.conf.d/90-watari', content: 'APT::Periodic::Unattended-Upgrade "0\n' },
  },
  {
    program: 'sysctl',
    needs: [requirement('sysctl')],
    takes: isAt('/etc/sysctl.d/90-watari.conf'),
    refusals: oneByOne('sysctl', ['--dry-run', '-p', '{}/file']),
    broken: { path: '/etc/sysctl.d/90-watari.conf', content: 'net.core.somaxcon = 65535\n' },
  },
  {
    program: 'strongswan.conf',
    needs: [requirement('strongswan')],
    takes: isAt('/etc/strongswan.d/watari.conf'),
    refusals: oneByOne('env', ['STRONGSWAN_CONF={}/file', 'swanctl', '--help']),
    broken: { path: '/etc/strongswan.d/watari.conf', content: 'charon {\n  install_routes = no\n' },
  },
  {
    program: 'JSON',
    needs: [],
    takes: ({ path }) => path.endsWith('.json'),
    refusals: (files) => files.flatMap((file) => (isJson(file.content) ? [] : [refusal(file, 'is no JSON')])),
    broken: { path: '/etc/watari/edge.json', content: '{"half": }' },
  },
];

/** Validates each file as `cloud-init schema -c FILE` does, with one start of its Python. */
const validateAll = [
  '-c',
  `import sys
from contextlib import redirect_stdout, redirect_stderr
from io import StringIO
from cloudinit.config import schema
for file in sys.argv[1:]:
    said = StringIO()
    try:
        with redirect_stdout(said), redirect_stderr(said):
            schema.handle_schema_args("schema", schema.get_parser().parse_args(["-c", file]))
    except (SystemExit, Exception) as error:
        if getattr(error, "code", 1):
            print("REFUSED", file, " ".join([*said.getvalue().split(), str(error)]))
`,
];

const compileAll = [
  '-c',
  `import sys
for file in sys.argv[1:]:
    try:
        compile(open(file).read(), file, "exec")
    except Exception as error:
        print("REFUSED", file, error)
`,
];

/** sshd tests nothing without a host key, nor without the folder that its unit makes. */
const testSshd = 'mkdir -p /run/sshd && ssh-keygen -q -t ed25519 -N "" -f "$1/key" && "$0" -t -h "$1/key" -f "$1/file"';

/** One daemon, in a network and a /run of its own; every file takes the place of the one before. */
const loadAll = `mount --make-rprivate / && mount -t tmpfs none /run && { charon-systemd >/dev/null 2>&1 & }
for try in $(seq 100); do swanctl --stats >/dev/null 2>&1 && break; sleep 0.1; done
for file in "$@"; do
  said=$(swanctl --load-all --noprompt --file "$file" 2>&1) || echo "REFUSED $file" $said
done
kill %1`;

function isAt(path: string): ConfigurationCheck['takes'] {
  return (file) => file.path === path;
}

function refusal({ from, path }: NamedFile, output: string): string {
  return `${from} ${path}: ${output.trim().slice(0, 400)}`;
}

/** Runs a program once for each file. */
function oneByOne(
  program: string,
  args: readonly string[],
  prepare: (text: string, folder: string) => string = (text) => text,
): ConfigurationCheck['refusals'] {
  return (files) =>
    files.flatMap((file) => {
      const { ok, output } = check(program, args, {
        file: (folder) => prepare(file.content, folder),
      });
      return ok ? [] : [refusal(file, output)];
    });
}

/** Runs a program once for all files, whose paths follow its arguments; it prints `REFUSED path why`. */
function together(files: readonly NamedFile[], program: string, args: readonly string[]): readonly string[] {
  const named = new Map(files.map((file) => [`${stableHash(`${file.path}\n${file.content}`, 16)}.conf`, file]));
  const contents = Object.fromEntries([...named].map(([name, { content }]) => [name, () => content]));
  const { ok, output } = check(program, [...args, ...[...named.keys()].map((name) => `{}/${name}`)], contents);
  const refused = [...output.matchAll(/^REFUSED \S*\/(\S+) (.*)$/gm)];
  if (!ok && refused.length === 0) return [`${program} fails: ${output}`];
  return refused.flatMap(([, name = '', why = '']) => {
    const file = named.get(name);
    return file ? [refusal(file, why)] : [];
  });
}

/** cloud-init's Python is the system's, which need not be the first on the PATH. */
function cloudInit(): string {
  const program = findProgram('cloud-init');
  return /^#!(\S+)/.exec(program ? readFileSync(program, 'utf8') : '')?.[1] ?? 'python3';
}

/** keepalived refuses names of interfaces that do not exist, and the loopback. */
function anInterface(): string {
  return Object.keys(networkInterfaces()).find((name) => name !== 'lo') ?? 'eth0';
}

/** All units in one folder: the first of a name keeps it, so that others find it, further ones get a number. */
function refusedUnits(files: readonly NamedFile[]): readonly string[] {
  const named = new Map<string, NamedFile>();
  for (const file of files) named.set(unitName(file.path, named), file);
  const contents = Object.fromEntries<Content>([...named].flatMap(([name, file]) => unitFiles(name, file)));
  const main = [...named.keys()].map((name) => `{}/${name}`);
  const { output } = check(
    'env',
    ['SYSTEMD_UNIT_PATH={}:/lib/systemd/system', verify, 'verify', '--man=no', ...main],
    contents,
  );
  return [...named].flatMap(([name, file]) => {
    const lines = output.split('\n').filter((line) => line.includes(name) || line.includes(`${name}.d/`));
    return lines.map((line) => refusal(file, line));
  });
}

const verify = 'systemd-analyze';

function unitName(path: string, taken: ReadonlyMap<string, NamedFile>): string {
  const [name = ''] = path.slice(units.length).split('.d/');
  const numbered = [...Array(taken.size + 1).keys()].map((number) =>
    number === 0 ? name : name.replace('.', `-${number}.`),
  );
  return numbered.find((candidate) => !taken.has(candidate)) ?? name;
}

/** What a drop-in belongs to comes with its package: something else stands for it. Our programs are not installed here. */
function unitFiles(name: string, { path, content }: NamedFile): (readonly [string, Content])[] {
  const text = content.replace(/(Exec\w+=-?)\/usr\/local\/lib\/watari\/\S+/g, '$1/bin/true');
  if (!path.includes('.d/')) return [[name, () => text]];
  return [
    [name, '[Service]\nExecStart=/bin/true\n'],
    [`${name}.d/watari.conf`, () => text],
  ];
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
