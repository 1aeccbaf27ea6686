import { readCloudConfig } from './cloud-config';
import { partsOf } from './mime';
import { unpack } from './packed';

/** A content that is no text: what it is, and what it is compared by. */
export interface Opaque {
  readonly what: string;
  readonly identity: string;
}

export type FileContent = string | Opaque;

/** Names and contents in the order in which they are written. */
export type Contents = readonly (readonly [string, FileContent])[];

const attributes = /^(?:user_?data|user_?data_?base64|base64_user_?data|custom_?data|cloud_?init|startup_script)$/;
/** What some versions of providers keep of user data in the state: SHA-1 or SHA-256. */
const onlyHash = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
/** Characters that user data may have; the largest limit of a provider is 1 MiB. */
const longest = 4 * 1024 * 1024;
const deepest = 5;
const mostFiles = 500;

/** Whether an attribute, or a key of metadata, holds user data. */
export function isUserData(name: string): boolean {
  return attributes.test(name.toLowerCase().replaceAll('-', '_'));
}

/** User data as the files that it makes; base64, gzip and MIME undone. */
export function renderUserData(value: string): ReadonlyMap<string, FileContent> {
  if (onlyHash.test(value))
    return new Map([['user data', { what: 'known to the state by a hash only', identity: value }]]);
  const files = new Map<string, FileContent>();
  for (const [name, content] of read(value, 0).slice(0, mostFiles)) files.set(freeName(files, name), content);
  return files;
}

function read(value: string, depth: number, name?: string): Contents {
  if (value.length > longest || depth > deepest) {
    return [[name ?? 'user data', { what: 'too large to be shown', identity: value }]];
  }
  const parts = partsOf(value);
  if (parts) return parts.flatMap((part) => read(part.body, depth + 1, part.name));
  const plain = readPlain(value, name);
  if (plain) return plain;
  const packed = value.length >= 16 ? unpack(value) : undefined;
  if (packed?.kind === 'text') return read(packed.text, depth + 1, name);
  if (packed?.kind === 'too-large')
    return [[name ?? 'user data', { what: 'packed, too large to be shown', identity: value }]];
  if (packed && looksPacked(value)) {
    return [[name ?? 'user data', { what: `binary, ${packed.bytes} bytes`, identity: value }]];
  }
  return [[name ?? 'user data', unpackInline(value)]];
}

/** Any word of letters is base64 of something; what is long or padded is meant to be. */
const looksPacked = (value: string): boolean => value.length >= 64 || value.endsWith('=');

function readPlain(value: string, name: string | undefined): Contents | undefined {
  const text = value.trimStart();
  if (/^(?:## template: jinja\s*\n)?#cloud-config\b/.test(text)) return inlineUnpacked(readCloudConfig(text));
  if (/^(?:<(?:powershell|script|persist)>|#ps1)/i.test(text)) return [[name ?? 'user-data.ps1', value]];
  if (/^#!/.test(text)) return [[name ?? 'user-data.sh', unpackInline(value)]];
  return undefined;
}

function inlineUnpacked(contents: Contents | undefined): Contents | undefined {
  return contents?.map(([name, content]) => [name, typeof content === 'string' ? unpackInline(content) : content]);
}

const hereDocument = /(base64 -d <<-?[ \t]*(["']?)(\w{1,40})\2[^\n]*\n)([A-Za-z0-9+/=\s]*?)(\n\3)(?![^\n])/g;
const piped = /\becho ([A-Za-z0-9+/]{8,}={0,2}) \| base64 -d\b/g;

/** What a script unpacks itself, unpacked in its place. */
function unpackInline(text: string): string {
  if (!text.includes('base64 -d')) return text;
  const documents = text.replace(
    hereDocument,
    (all: string, start: string, _quote, _end, body: string, end: string) => {
      const inside = unpack(body);
      return inside?.kind === 'text' ? `${start}${inside.text.replace(/\n$/, '')}${end}` : all;
    },
  );
  return documents.replace(piped, (all: string, body: string) => {
    const inside = unpack(body);
    return inside?.kind === 'text' ? `echo '${inside.text}' | base64 -d` : all;
  });
}

function freeName(files: ReadonlyMap<string, FileContent>, name: string): string {
  const free = (number: number): string => {
    const candidate = number === 1 ? name : `${name} (${number})`;
    return files.has(candidate) ? free(number + 1) : candidate;
  };
  return free(1);
}
