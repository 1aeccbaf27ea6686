import { deflateRawSync } from 'node:zlib';

/** A zip archive of one file, deflated, as release archives are. */
export function zipOf(name: string, content: string): Buffer {
  const [label, packed] = [Buffer.from(name), deflateRawSync(content)];
  const sizes = { packed: packed.length, plain: Buffer.byteLength(content) };
  const local = header(0x04034b50, 30, { 4: 20, 8: 8, 26: label.length }, { 18: sizes.packed, 22: sizes.plain });
  const entry = header(0x02014b50, 46, { 6: 20, 10: 8, 28: label.length }, { 20: sizes.packed, 24: sizes.plain });
  const directory = Buffer.concat([entry, label]);
  const start = local.length + label.length + packed.length;
  const end = header(0x06054b50, 22, { 8: 1, 10: 1 }, { 12: directory.length, 16: start });
  return Buffer.concat([local, label, packed, directory, end]);
}

function header(
  signature: number,
  length: number,
  shorts: Readonly<Record<number, number>>,
  longs: Readonly<Record<number, number>>,
): Buffer {
  const buffer = Buffer.alloc(length);
  buffer.writeUInt32LE(signature, 0);
  for (const [at, value] of Object.entries(shorts)) buffer.writeUInt16LE(value, Number(at));
  for (const [at, value] of Object.entries(longs)) buffer.writeUInt32LE(value, Number(at));
  return buffer;
}
