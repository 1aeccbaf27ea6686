import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';

export async function gzipFile(from: string, to: string): Promise<void> {
  await pipeline(createReadStream(from, { highWaterMark: 2 ** 20 }), createGzip(), createWriteStream(to));
}
