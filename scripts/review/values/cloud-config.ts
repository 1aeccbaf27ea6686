import { parse, stringify } from 'yaml';
import { isRecord, type JsonRecord } from './json';
import { fromBase64, readBytes } from './packed';
import type { Contents, FileContent } from './user-data';

/** The files and settings of a `#cloud-config`; undefined where it is none that can be read. */
export function readCloudConfig(text: string): Contents | undefined {
  const document = parseYaml(text);
  if (!isRecord(document)) return undefined;
  const { write_files: files, ...settings } = document;
  const [written, others] = split(files);
  const rest = { ...settings, ...(others.length > 0 ? { write_files: others } : {}) };
  return [...written.flatMap(writtenFile), ...Object.entries(rest).map(setting)];
}

function parseYaml(text: string): unknown {
  try {
    return parse(text, { logLevel: 'error', maxAliasCount: 50 });
  } catch {
    return undefined;
  }
}

function split(files: unknown): [JsonRecord[], unknown[]] {
  const all: readonly unknown[] = Array.isArray(files) ? files : files === undefined ? [] : [files];
  const isWritten = (file: unknown): file is JsonRecord => isRecord(file) && typeof file['path'] === 'string';
  return [all.filter(isWritten), all.filter((file) => !isWritten(file))];
}

function writtenFile({ path, content, encoding, ...rest }: JsonRecord): Contents {
  const name = String(path);
  const text = typeof content === 'string' ? content : content === undefined ? '' : stringify(content);
  const attributes: Contents = Object.keys(rest).length > 0 ? [[`${name} (mode and owner)`, yaml(rest)]] : [];
  return [[name, decode(text, typeof encoding === 'string' ? encoding : '')], ...attributes];
}

/** Encodings as in cloud-init's module of written files. */
function decode(content: string, encoding: string): FileContent {
  const isBase64 = /(?:^|\+)(?:b64|base64)$/i.test(encoding);
  const bytes = isBase64 ? fromBase64(content) : undefined;
  if (!bytes) return content;
  const read = readBytes(bytes);
  if (read.kind === 'text') return read.text;
  return { what: read.kind === 'binary' ? `binary, ${read.bytes} bytes` : 'too large to be shown', identity: content };
}

function setting([key, value]: [string, unknown]): readonly [string, FileContent] {
  if (/^(?:runcmd|bootcmd)$/.test(key) && Array.isArray(value)) return [`cloud-config: ${key}`, commands(value)];
  return [`cloud-config: ${key}`, yaml({ [key]: value })];
}

const yaml = (value: unknown): string => {
  try {
    return stringify(value, { lineWidth: 0, aliasDuplicateObjects: false });
  } catch {
    return 'cannot be written as YAML\n';
  }
};

function commands(list: readonly unknown[]): string {
  return list.map((command) => `${typeof command === 'string' ? command : JSON.stringify(command)}\n`).join('');
}
