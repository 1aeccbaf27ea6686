const blockBytes = 512;

/** POSIX ustar (IEEE Std 1003.1, pax) without owners and times: the same files make the same archive. Sizes below 8 GiB. */
export function tarHeader(name: string, size: number): Buffer {
  const octal = (value: number, digits: number) => `${value.toString(8).padStart(digits, '0')}\0`;
  const header = Buffer.alloc(blockBytes);
  header.write(name, 0, 100);
  header.write(octal(0o644, 7), 100);
  header.write(octal(0, 7), 108);
  header.write(octal(0, 7), 116);
  header.write(octal(size, 11), 124);
  header.write(octal(0, 11), 136);
  header.write(' '.repeat(8), 148);
  header.write('0', 156);
  header.write('ustar\x0000', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}

/** What fills the last block of a file. */
export const tarPadding = (size: number): Buffer => Buffer.alloc((blockBytes - (size % blockBytes)) % blockBytes);

export const tarEnd = (): Buffer => Buffer.alloc(2 * blockBytes);

/** Small files as one archive, in memory. */
export function tarOf(files: readonly (readonly [string, string | Uint8Array])[]): Buffer {
  const parts = files.flatMap(([path, content]) => {
    const bytes = Buffer.from(content as string);
    return [tarHeader(path, bytes.length), bytes, tarPadding(bytes.length)];
  });
  return Buffer.concat([...parts, tarEnd()]);
}
