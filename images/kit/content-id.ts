import { createHash } from 'node:crypto';

/** Hex digits of a content id: 48 bits, so that two of a thousand images are the same by accident once in 10^8 such sets. */
const digits = 12;

/**
 * The hash of all that goes into an image: text and bytes by name, whatever the order of the names.
 * @param parts what each part is called, and what it holds
 */
export function contentIdOf(parts: ReadonlyMap<string, string | Uint8Array>): string {
  const hash = createHash('sha256');
  for (const name of [...parts.keys()].sort()) {
    const content = Buffer.from((parts.get(name) ?? '') as string);
    hash.update(`${name}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex').slice(0, digits);
}
