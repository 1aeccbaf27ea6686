import { gzipSync } from 'node:zlib';
import { parse, stringify } from 'yaml';
import { stableHash } from '../../util/hash';

/**
 * The management server starts autoscaled machines as if by GET, which bounds the base64 to 4096 characters
 * (AutoScaleManagerImpl.createNewVM, UserDataManagerImpl): 3072 bytes, less 2 % for what another compressor makes of it.
 */
export const maxCompressedBytes = 3000;

export interface SplitBoot {
  /** What an autoscaled machine gets: everything but the files, and the command that fetches them. */
  readonly bootstrap: string;
  /** Shell script that writes the files. */
  readonly script: string;
}

interface CloudConfig {
  readonly write_files?: readonly WrittenFile[];
  readonly runcmd?: readonly unknown[];
}

interface WrittenFile {
  readonly path: string;
  readonly content: string;
  readonly permissions?: string;
  readonly owner?: string;
  readonly encoding?: string;
}

export const filesPort = 8000;
const header = '#cloud-config\n';
const scriptName = 'files';
const served = '/srv/watari';
/** Read with the image's own rules (images/files/base/nftables.conf). */
const firewallFile = '/etc/nftables.d/files.nft';

export function compressedBytes(userData: string): number {
  return gzipSync(userData).length;
}

/**
 * Cuts the files out of a cloud-config. They come before its commands all the same: the first one fetches them, from
 * whichever source answers, checks that they are whole, and writes them.
 * @param sources addresses inside the site
 */
export function splitBoot(userData: string, sources: readonly string[]): SplitBoot {
  const { write_files = [], runcmd = [], ...rest } = parse(userData) as CloudConfig;
  const script = write_files.map(writeCommand).join('');
  const fetch = fetchCommand(sources, stableHash(script, 64));
  return { bootstrap: render({ ...rest, runcmd: [fetch, ...runcmd] }), script };
}

/**
 * A machine that gives the files to whoever asks from inside. There are no secrets in them.
 * @param from prefix of those who may ask: the image's own firewall lets nobody in
 */
export function filesServer(script: string, from: string): string {
  const accepted = `ip saddr ${from} tcp dport ${filesPort} accept`;
  const unit = [
    '[Unit]\nAfter=network.target\n[Service]',
    `ExecStart=/usr/bin/python3 -m http.server ${filesPort} --directory ${served}`,
    'DynamicUser=yes\nRestart=always\n[Install]\nWantedBy=multi-user.target\n',
  ].join('\n');
  return render({
    write_files: [
      { path: `${served}/${scriptName}`, permissions: '0644', encoding: 'b64', content: toBase64(script) },
      { path: '/etc/systemd/system/watari-files.service', permissions: '0644', content: unit },
      { path: firewallFile, permissions: '0644', content: `table inet watari { chain input { ${accepted}; }; }\n` },
    ],
    runcmd: [
      'systemctl daemon-reload',
      'systemctl restart nftables.service',
      'systemctl enable --now watari-files.service',
    ],
  });
}

function render(document: object): string {
  return `${header}${stringify(document, { lineWidth: 0, blockQuote: 'literal' })}`;
}

function fetchCommand(sources: readonly string[], digest: string): string {
  const file = '/run/watari-files';
  const list = sources.map((source) => `http://${source}:${filesPort}/${scriptName}`).join(' ');
  const check = `curl -fsm 10 -o ${file} $url && echo '${digest}  ${file}' | sha256sum -c --quiet`;
  return `until for url in ${list}; do ${check} && break; done && sh ${file}; do sleep 2; done`;
}

function writeCommand({ path, content, permissions, owner, encoding }: WrittenFile): string {
  const unpack = encoding === 'gz+b64' ? '| gzip -d ' : '';
  const text = encoding === undefined ? toBase64(content) : content.trim();
  const folder = path.slice(0, path.lastIndexOf('/')) || '/';
  return [
    `mkdir -p '${folder}' && base64 -d <<'end' ${unpack}>'${path}' || exit 1\n${text}\nend\n`,
    `chmod ${permissions ?? '0644'} '${path}' || exit 1\n`,
    ...(owner === undefined ? [] : [`chown '${owner}' '${path}' || exit 1\n`]),
  ].join('');
}

function toBase64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}
