import { createHash } from 'node:crypto';
import { closeSync, createReadStream, openSync, readSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';

/** SHA-256 in hexadecimal digits. */
export async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file, { highWaterMark: 2 ** 20 }), hash);
  return hash.digest('hex');
}

/** The first bytes of a file. */
export function readHead(file: string, bytes: number): Buffer {
  const descriptor = openSync(file, 'r');
  try {
    const head = Buffer.alloc(bytes);
    readSync(descriptor, head, 0, bytes, 0);
    return head;
  } finally {
    closeSync(descriptor);
  }
}
