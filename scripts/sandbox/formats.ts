import { isIP, isIPv4, isIPv6 } from 'node:net';
import { isFirst } from './addresses';

/** What the `format` of a rule asks of a text, and how an error names it. */
interface Format {
  readonly name: string;
  accepts(text: string): boolean;
}

const IAM_MEMBERS =
  /^(allUsers|allAuthenticatedUsers|projectOwner:|projectEditor:|projectViewer:|(deleted:)?(user|serviceAccount|group|domain|principal|principalSet|principalHierarchy):)/;

const FORMATS: Readonly<Record<string, Format>> = {
  ipv4: { name: 'a valid IPv4 address', accepts: isIPv4 },
  ipv6: { name: 'a valid IPv6 address', accepts: isIPv6 },
  ip: { name: 'a valid IP address', accepts: (text) => isIP(text) !== 0 },
  cidr: { name: 'a valid CIDR range', accepts: (text) => familyOf(text) !== 0 },
  ipv4_cidr: { name: 'a valid IPv4 CIDR range', accepts: (text) => familyOf(text) === 4 },
  ipv6_cidr: { name: 'a valid IPv6 CIDR range', accepts: (text) => familyOf(text) === 6 },
  network: { name: 'a valid network CIDR', accepts: (text) => familyOf(text) !== 0 && isFirst(text) },
  ipv4_network: { name: 'a valid IPv4 network CIDR', accepts: (text) => familyOf(text) === 4 && isFirst(text) },
  ipv6_network: { name: 'a valid IPv6 network CIDR', accepts: (text) => familyOf(text) === 6 && isFirst(text) },
  arn: { name: 'a valid ARN', accepts: (text) => text === '' || /^arn:[\w-]+:[\w-]+:[\w-]*:[\w-]*:.+$/.test(text) },
  json: { name: 'valid JSON', accepts: isJson },
  base64: { name: 'valid base64', accepts: (text) => /^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(text) },
  rfc3339: { name: 'a valid RFC3339 time', accepts: (text) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(text) },
  duration: { name: 'a valid duration', accepts: (text) => /^-?(\d+(\.\d+)?(ns|us|µs|ms|s|m|h|d))+$/.test(text) },
  integer: { name: 'an integer', accepts: (text) => text === '' || /^[-+]?\d+$/.test(text) },
  boolean: { name: 'a boolean', accepts: (text) => text === '' || /^(1|0|t|f|true|false)$/i.test(text) },
  iam_member: { name: 'a member with its kind before a colon', accepts: (text) => IAM_MEMBERS.test(text) },
};

/** What the text should have been, or undefined when it is right or the format is none that the sandbox knows. */
export function formatError(format: string, text: string): string | undefined {
  const known = FORMATS[format];
  return known && !known.accepts(text) ? known.name : undefined;
}

/** 4 or 6; 0 where the text is no range. */
function familyOf(text: string): number {
  const [address = '', prefix = '', ...rest] = text.split('/');
  const family = isIP(address);
  const isRange = rest.length === 0 && /^\d+$/.test(prefix) && Number(prefix) <= (family === 4 ? 32 : 128);
  return isRange ? family : 0;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const CLASSES: Readonly<Record<string, string>> = {
  alpha: 'a-zA-Z',
  digit: '0-9',
  alnum: 'a-zA-Z0-9',
  lower: 'a-z',
  upper: 'A-Z',
  space: '\\s',
  word: '\\w',
};
const patterns = new Map<string, RegExp | undefined>();

/** Whether a text matches a pattern of Go's regexp package; a pattern that cannot be read here accepts everything. */
export function matches(pattern: string, text: string): boolean {
  if (!patterns.has(pattern)) patterns.set(pattern, compile(pattern));
  return patterns.get(pattern)?.test(text) ?? true;
}

function compile(pattern: string): RegExp | undefined {
  const flags = /^\(\?[is]+\)/.exec(pattern)?.[0] ?? '';
  const body = pattern
    .slice(flags.length)
    .replaceAll('\\\\', '\\')
    .replace(/\[:(\w+):\]/g, (_, name: string) => CLASSES[name] ?? '')
    .replace(/\\z/g, '$')
    .replace(/\\A/g, '^')
    .replace(/\(\?P</g, '(?<');
  try {
    return new RegExp(body, flags.replace(/[^is]/g, ''));
  } catch {
    return undefined;
  }
}
