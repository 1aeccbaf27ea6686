import type { AddressRange } from '../../constructs/contract/simulation';

/** A range of IPv4 or IPv6 addresses as numbers, both ends included. */
interface Bounds {
  readonly first: bigint;
  readonly last: bigint;
  readonly bits: 32 | 128;
}

/** Addresses of a range that objects may have; undefined when the text is no CIDR. */
export function usable({
  cidr,
  first = 1,
  last = 1,
}: Pick<AddressRange, 'cidr' | 'first' | 'last'>): Bounds | undefined {
  const [address = '', length] = cidr.split('/');
  const start = numberOf(address);
  if (start === undefined || length === undefined) return undefined;
  const bits = address.includes(':') ? 128 : 32;
  const size = 1n << BigInt(bits - Number(length));
  const base = start - (start % size);
  return { first: base + BigInt(first), last: base + size - 1n - BigInt(last), bits };
}

/** Whether an address is one that an object of the range may have. */
export function isUsable(range: AddressRange, address: string): boolean {
  const bounds = usable(range);
  const number = numberOf(address.split('/')[0] ?? '');
  if (!bounds) return true;
  return number !== undefined && number >= bounds.first && number <= bounds.last;
}

/** Places that are tried one after the other: a full range is an error, not a search without end. */
const MOST_TRIES = 70_000;

/** The first free address at or after a stable place in the range. */
export function freeAddress(
  range: AddressRange,
  place: (below: number) => number,
  isTaken: (address: string) => boolean,
): string | undefined {
  const bounds = usable(range);
  if (!bounds || bounds.last < bounds.first) return undefined;
  const count = Number(bounds.last - bounds.first + 1n);
  const start = place(Math.min(count, Number.MAX_SAFE_INTEGER));
  for (let step = 0; step < Math.min(count, MOST_TRIES); step++) {
    const address = textOf(bounds.first + BigInt((start + step) % count), bounds.bits);
    if (!isTaken(address)) return address;
  }
  return undefined;
}

/** Whether a range is written with its first address. */
export function isFirst(cidr: string): boolean {
  return usable({ cidr, first: 0 })?.first === numberOf(cidr.split('/')[0] ?? '');
}

function numberOf(address: string): bigint | undefined {
  if (/^\d+(\.\d+){3}$/.test(address)) return address.split('.').reduce((sum, part) => sum * 256n + BigInt(part), 0n);
  if (!address.includes(':')) return undefined;
  const [head = '', tail] = address.split('::');
  const left = head.split(':').filter(Boolean);
  const right = (tail ?? '').split(':').filter(Boolean);
  const zeros = tail === undefined ? 0 : 8 - left.length - right.length;
  const groups = [...left, ...Array.from({ length: Math.max(0, zeros) }, () => '0'), ...right];
  return groups.reduce((sum, group) => sum * 65536n + BigInt(parseInt(group, 16) || 0), 0n);
}

function textOf(number: bigint, bits: 32 | 128): string {
  const width = bits === 32 ? 8n : 16n;
  const parts = Array.from({ length: bits === 32 ? 4 : 8 }, (_, index) => {
    const part = (number >> (BigInt(bits) - width * BigInt(index + 1))) & ((1n << width) - 1n);
    return bits === 32 ? String(part) : part.toString(16);
  });
  return parts.join(bits === 32 ? '.' : ':');
}
