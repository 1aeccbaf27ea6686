import { createHash } from 'node:crypto';

/** The first `length` hexadecimal digits of the SHA-256 of a text: the same on every machine and in every year. */
export function stableHash(text: string, length: number): string {
  return createHash('sha256').update(text).digest('hex').slice(0, length);
}
