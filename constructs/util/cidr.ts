import { Address4 } from 'ip-address';

/** IPv4 arithmetic on plain numbers; parsing is the library's. */
export interface Block {
  readonly first: number;
  readonly last: number;
  readonly prefix: number;
}

export function toNumber(address: string): number {
  return Number(new Address4(address).bigInt());
}

export function toAddress(value: number): string {
  return Address4.fromBigInt(BigInt(value)).address;
}

export function isCidr(text: string): boolean {
  if (!text.includes('/') || !Address4.isValid(text)) return false;
  const block = parseCidr(text);
  return toNumber(text.split('/')[0] ?? '') === block.first;
}

/** First and last address of a prefix; host bits are cut. */
export function parseCidr(cidr: string): Block {
  const prefix = Number(cidr.split('/')[1] ?? 32);
  const size = 2 ** (32 - prefix);
  const address = toNumber(cidr.split('/')[0] ?? '');
  const first = address - (address % size);
  return { first, last: first + size - 1, prefix };
}

export function formatCidr(first: number, prefix: number): string {
  return `${toAddress(first)}/${prefix}`;
}

/** Part `index` of a prefix that is cut into `2 ** bits` equal parts. */
export function subdivide(cidr: string, bits: number, index: number): string {
  const block = parseCidr(cidr);
  const prefix = block.prefix + bits;
  return formatCidr(block.first + index * 2 ** (32 - prefix), prefix);
}

export function overlaps(one: string, other: string): boolean {
  const a = parseCidr(one);
  const b = parseCidr(other);
  return a.first <= b.last && b.first <= a.last;
}

export function contains(outer: string, inner: string): boolean {
  const a = parseCidr(outer);
  const b = parseCidr(inner);
  return a.first <= b.first && b.last <= a.last;
}

/** Dotted netmask: `255.255.252.0` for a /22. */
export function netmask(cidr: string): string {
  return toAddress(2 ** 32 - 2 ** (32 - parseCidr(cidr).prefix));
}

/** Address number `index` of a prefix, from 0 (the network's own). */
export function addressAt(cidr: string, index: number): string {
  return toAddress(parseCidr(cidr).first + index);
}
