import { createHash } from 'node:crypto';
import { canonical, type Fields } from './values';

/** Hex digits of a hash of texts: the same in every run and on every machine. */
export function hash(...parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\u0000')).digest('hex');
}

/** What an object is recognised by: its type, where it is, who made it, and what it was created from. */
export function identityOf(
  type: string,
  world: string,
  place: Readonly<Record<string, string>>,
  config: Fields,
): string {
  return hash('identity', type, world, canonical(place), canonical(config)).slice(0, 32);
}

/** Values that belong to one object: different for each salt, the same in every run. */
export class Stable {
  constructor(private readonly seed: string) {}

  hex(digits = 8, salt = ''): string {
    let text = hash(this.seed, salt);
    while (text.length < digits) text += hash(this.seed, salt, String(text.length));
    return text.slice(0, digits);
  }

  number(below: number, salt = ''): number {
    return below > 0 ? Number(BigInt(`0x${this.hex(15, `number ${salt}`)}`) % BigInt(Math.floor(below))) : 0;
  }

  /** In the form of version 4 (RFC 9562). */
  uuid(salt = ''): string {
    const text = this.hex(32, `uuid ${salt}`);
    const variant = '89ab'[parseInt(text[16] ?? '0', 16) % 4];
    return `${text.slice(0, 8)}-${text.slice(8, 12)}-4${text.slice(13, 16)}-${variant}${text.slice(17, 20)}-${text.slice(20)}`;
  }
}
