import { gunzipSync } from 'node:zlib';

/** Bytes that one packed content may amount to: plans are foreign data, and a few bytes may unfold to gigabytes. */
export const unpackedLimit = 4 * 1024 * 1024;

export type Unpacked =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'binary'; readonly bytes: number }
  | { readonly kind: 'too-large' };

/** What base64, or gzip in base64, holds; undefined where a text is neither. */
export function unpack(value: string): Unpacked | undefined {
  const bytes = fromBase64(value);
  return bytes && readBytes(bytes);
}

/** Text, maybe gzipped, or something else. */
export function readBytes(bytes: Buffer): Unpacked {
  const plain = gunzip(bytes);
  if (plain === 'too-large' || plain.length > unpackedLimit) return { kind: 'too-large' };
  const text = decodeUtf8(plain);
  return text === undefined ? { kind: 'binary', bytes: plain.length } : { kind: 'text', text };
}

/** The bytes of a text that is base64 from end to end. */
export function fromBase64(value: string): Buffer | undefined {
  if (!/^\s*(?:[A-Za-z0-9+/\r\n]{4,}|[A-Za-z0-9_\r\n-]{4,})={0,2}\s*$/.test(value)) return undefined;
  const digits = value.replace(/[\s=]/g, '');
  return digits.length % 4 === 1 ? undefined : Buffer.from(digits, 'base64');
}

export function gunzip(bytes: Buffer): Buffer | 'too-large' {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: unpackedLimit });
  } catch (error) {
    return isTooLarge(error) ? 'too-large' : bytes;
  }
}

const isTooLarge = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';

function decodeUtf8(bytes: Buffer): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}
