import { chmodSync, chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { decodeFile, parseUserData } from './machine-files';

type Files = Readonly<Record<string, string>>;

/** What systemd would start for units that come with packages; those that end are waited for. */
const packaged: Readonly<Record<string, string>> = {
  'nftables.service': 'Type=oneshot\nExecStart=nft -f /etc/nftables.conf',
  'nginx.service': "ExecStart=nginx -g 'daemon off;'",
  'haproxy.service': 'ExecStart=haproxy -W -db -f /etc/haproxy/haproxy.cfg',
  'keepalived.service': 'ExecStart=keepalived -n -l -f /etc/keepalived/keepalived.conf',
};
/** Commands of the first boot that the lab does in its own way, or that mean nothing without systemd and sshd. */
const done = [/^systemctl daemon-reload$/, /^systemctl enable /, /^systemctl try-reload-or-restart ssh\./, /^sysctl /];

/**
 * Writes what cloud-init makes of user data: the files below `root`, and in `boot` the commands of the units that it
 * restarts, in its order. Throws for a command that the lab does not know.
 */
export function writeMachine(folder: string, text: string, names: Readonly<Record<string, string>>): void {
  const userData = parseUserData(text);
  const files = filesIn(text);
  for (const { path, permissions } of userData.write_files) {
    const target = join(folder, 'root', path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, files[path] ?? '');
    chmodSync(target, Number.parseInt(permissions, 8));
    chownSync(target, 0, 0);
  }
  const hosts = Object.entries(names).map(([name, address]) => `${address} ${name}\n`);
  writeFileSync(join(folder, 'hosts'), hosts.join(''));
  const commands = userData.runcmd.flatMap(restarted).flatMap((unit) => startCommands(unit, files));
  writeFileSync(join(folder, 'boot'), commands.map((command) => `${command}\n`).join(''));
}

/** The command that stops a unit, as its file has it. Throws for a unit without one. */
export function stopCommand(text: string, unit: string): string {
  const command = settings(unitText(unit, filesIn(text)), 'ExecStop')[0];
  if (command === undefined) throw new Error(`${unit} has no ExecStop`);
  return command;
}

function filesIn(text: string): Files {
  const { write_files } = parseUserData(text);
  return Object.fromEntries(write_files.map(({ path, encoding, content }) => [path, decodeFile(encoding, content)]));
}

function restarted(command: string): readonly string[] {
  const units = /^systemctl restart (.+)$/.exec(command)?.[1];
  if (units === undefined && !done.some((known) => known.test(command)))
    throw new Error(`the lab does not know this command of the first boot: ${command}`);
  return units?.split(' ') ?? [];
}

function startCommands(unit: string, files: Files): readonly string[] {
  const text = unitText(unit, files);
  const ends = settings(text, 'Type')[0] === 'oneshot';
  return settings(text, 'ExecStart').map((command) => (ends ? command : `${command} &`));
}

function unitText(unit: string, files: Files): string {
  const text = files[`/etc/systemd/system/${unit}`] ?? packaged[unit];
  if (text === undefined) throw new Error(`${unit} is started, but neither written nor known to come with a package`);
  return text;
}

const settings = (text: string, key: string): readonly string[] =>
  [...text.matchAll(new RegExp(`^${key}=(.+)$`, 'gm'))].map((match) => match[1] ?? '');
