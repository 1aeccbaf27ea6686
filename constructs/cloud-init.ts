import { gzipSync } from 'node:zlib';
import { stringify } from 'yaml';
import type { ConfigurationFile, MachineConfiguration, Route, SystemdUnit } from './contract/configuration';
import type { Problem } from './contract/problem';
import { renderHostFirewall } from './host-firewall';

/** Content that is longer may be compressed, in bytes; below, the encoding costs more than it saves. */
const compressAbove = 1024;
/** Total at which files are compressed at all, in bytes: three quarters of the smallest limit (16 KiB, EC2). */
const plainUpTo = 12 * 1024;
/** Bytes that a value unknown before deployment is counted with: the longest pre-shared key that AWS takes is 64. */
const tokenBytes = 64;

interface WrittenFile {
  readonly path: string;
  readonly permissions: string;
  readonly owner?: string;
  readonly defer?: true;
  readonly encoding?: 'b64' | 'gz+b64';
  readonly content: string;
}

/**
 * A machine's configuration as `#cloud-config` text: deterministic, and safe inside Terraform's JSON as it is.
 * Literal text with `${` or `%{` is base64-encoded, so that every `${` that is left is a token and nothing needs escapes,
 * whether an adapter passes the text on or encodes it. Files stay plain as long as the whole is small: a plan then shows
 * what changes, and zlib's output may differ between versions of Node.
 */
export function renderCloudInit(configuration: MachineConfiguration): string {
  const plain = render(configuration, false);
  return userDataBytes(plain) <= plainUpTo ? plain : render(configuration, true);
}

/** Bytes that the machine receives, before any encoding of the provider's; unknown values count 64 bytes each. */
export function userDataBytes(text: string): number {
  return Buffer.byteLength(text.replace(/\$\{[^}]*\}/g, '-'.repeat(tokenBytes)));
}

/** What is wrong with user data that is longer than its provider takes. @param limit in bytes */
export function userDataProblem(path: string, text: string, limit: number): Problem | undefined {
  const bytes = userDataBytes(text);
  if (bytes <= limit) return undefined;
  return {
    path,
    message: 'the configuration of this machine is larger than the user data that its provider takes',
    value: bytes,
    bound: `${limit} bytes`,
    fix: 'Move software and large files into an image of the role, and leave only configuration to the first boot.',
  };
}

function render(configuration: MachineConfiguration, compress: boolean): string {
  const document = {
    ...(configuration.hostname ? { hostname: configuration.hostname, manage_etc_hosts: true } : {}),
    ssh_pwauth: false,
    write_files: allFiles(configuration).map((file) => writtenFile(file, compress)),
    runcmd: runCommands(configuration),
  };
  return `#cloud-config\n${stringify(document, { lineWidth: 0, blockQuote: 'literal', aliasDuplicateObjects: false })}`;
}

function allFiles(configuration: MachineConfiguration): readonly ConfigurationFile[] {
  const { files, units, sysctl, firewall, routes, sshAuthority } = configuration;
  const all = [
    ...files,
    ...units.flatMap(unitFile),
    ...(Object.keys(sysctl).length > 0 ? [sysctlFile(sysctl)] : []),
    { path: '/etc/nftables.conf', mode: '0644', content: renderHostFirewall(firewall), tokens: true },
    noUpgrades,
    ...(routes.length > 0 ? unitFile(routesUnit(routes)) : []),
    ...(sshAuthority ? sshFiles(sshAuthority) : []),
  ];
  return [...all].sort((one, other) => (one.path < other.path ? -1 : 1));
}

/** Upgrades come with an image, one half after the other, and not at the same hour of the night on both. */
const noUpgrades: ConfigurationFile = {
  path: '/etc/apt/apt.conf.d/90-watari',
  mode: '0644',
  content: 'APT::Periodic::Unattended-Upgrade "0";\n',
};

function writtenFile(file: ConfigurationFile, compress: boolean): WrittenFile {
  const owned = file.owner !== undefined && !file.owner.startsWith('root');
  return {
    path: file.path,
    permissions: file.mode,
    // Late, so that users are there whom cloud-init itself makes.
    ...(owned ? { owner: file.owner, defer: true as const } : {}),
    ...encode(file, compress),
  };
}

function encode(file: ConfigurationFile, compress: boolean): Pick<WrittenFile, 'encoding' | 'content'> {
  const { content } = file;
  const tokens = file.tokens === true || content.includes('${TfToken[');
  const packed = compress && content.length > compressAbove ? gzipSync(content, { level: 9 }).toString('base64') : '';
  if (!tokens && packed && packed.length < content.length) return { encoding: 'gz+b64', content: packed };
  if (!tokens && isTemplate(content)) return { encoding: 'b64', content: Buffer.from(content).toString('base64') };
  return { content };
}

function isTemplate(text: string): boolean {
  return /[$%]\{/.test(text);
}

function unitFile(unit: SystemdUnit): readonly ConfigurationFile[] {
  if (unit.content === undefined) return [];
  return [{ path: `/etc/systemd/system/${unit.name}`, mode: '0644', content: unit.content }];
}

function sysctlFile(sysctl: Readonly<Record<string, string>>): ConfigurationFile {
  const lines = Object.keys(sysctl)
    .sort()
    .map((key) => `${key} = ${sysctl[key] ?? ''}\n`);
  return { path: '/etc/sysctl.d/90-watari.conf', mode: '0644', content: lines.join('') };
}

/** `ip route replace` serves on every distribution and under every network manager, and can be repeated. */
function routesUnit(routes: readonly Route[]): SystemdUnit {
  const lines = [...routes]
    .sort((one, other) => (one.cidr < other.cidr ? -1 : 1))
    .map(({ cidr, via }) => `ExecStart=/sbin/ip route replace ${cidr} via ${via}\n`);
  return {
    name: routesUnitName,
    content: `[Unit]
Description=Routes of the platform
After=network-online.target
Wants=network-online.target
StartLimitIntervalSec=0
[Service]
Type=oneshot
RemainAfterExit=yes
Restart=on-failure
RestartSec=5
${lines.join('')}[Install]
WantedBy=multi-user.target
`,
  };
}

const routesUnitName = 'watari-routes.service';

function sshFiles(authority: string): readonly ConfigurationFile[] {
  return [
    { path: '/etc/ssh/watari-authority.pub', mode: '0644', content: `${authority.trim()}\n` },
    {
      path: '/etc/ssh/sshd_config.d/10-watari.conf',
      mode: '0644',
      content:
        'TrustedUserCAKeys /etc/ssh/watari-authority.pub\nPasswordAuthentication no\nKbdInteractiveAuthentication no\n',
    },
  ];
}

/** Files exist already; then kernel settings, routes and firewall, commands, and the units last. */
function runCommands(configuration: MachineConfiguration): readonly string[] {
  const first = ['nftables.service', ...(configuration.routes.length > 0 ? [routesUnitName] : [])];
  const units = configuration.units.map((unit) => unit.name).filter(isStarted);
  return [
    'systemctl daemon-reload',
    'sysctl -q --system',
    ...start(first),
    ...(configuration.sshAuthority ? ['systemctl try-reload-or-restart ssh.service'] : []),
    ...configuration.commands.map(safeCommand),
    ...(units.length > 0 ? start(units) : []),
  ];
}

/** A drop-in (`nginx.service.d/limits.conf`) only changes its unit. */
function isStarted(name: string): boolean {
  return !name.includes('/');
}

function start(units: readonly string[]): readonly string[] {
  return [`systemctl enable ${units.join(' ')}`, `systemctl restart ${units.join(' ')}`];
}

function safeCommand(command: string): string {
  if (!isTemplate(command) || command.includes('${TfToken[')) return command;
  return `echo ${Buffer.from(command).toString('base64')} | base64 -d | sh`;
}
