import { inflateRawSync } from 'node:zlib';

// Signatures and offsets: APPNOTE.TXT 6.3.10 of PKWARE, sections 4.3.7, 4.3.12 and 4.3.16.
const endOfDirectory = 0x06054b50;
const directoryEntry = 0x02014b50;
const localEntry = 0x04034b50;
const endOfDirectoryBytes = 22;
const directoryEntryBytes = 46;
const localEntryBytes = 30;

/** One file of a zip archive. Throws an `Error` that says what is wrong when the archive is broken or has no such file. */
export function readZipEntry(archive: Buffer, name: string): Buffer {
  try {
    const entry = listEntries(archive).find((candidate) => candidate.name === name);
    if (!entry) throw new Error(`it holds no file ${name}`);
    const content = inflate(archive, entry);
    if (content.length !== entry.size) throw new Error(`${name} is cut short`);
    return content;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`the zip archive is broken: ${reason}`, { cause: error });
  }
}

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly packedSize: number;
  readonly size: number;
  readonly offset: number;
}

function listEntries(archive: Buffer): Entry[] {
  const end = findEnd(archive);
  const count = archive.readUInt16LE(end + 10);
  const entries: Entry[] = [];
  let at = archive.readUInt32LE(end + 16);
  for (let i = 0; i < count; i += 1) {
    if (archive.readUInt32LE(at) !== directoryEntry) throw new Error('its directory is damaged');
    const nameBytes = archive.readUInt16LE(at + 28);
    entries.push(readEntry(archive, at, nameBytes));
    at += directoryEntryBytes + nameBytes + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return entries;
}

function readEntry(archive: Buffer, at: number, nameBytes: number): Entry {
  return {
    name: archive.toString('utf8', at + directoryEntryBytes, at + directoryEntryBytes + nameBytes),
    method: archive.readUInt16LE(at + 10),
    packedSize: archive.readUInt32LE(at + 20),
    size: archive.readUInt32LE(at + 24),
    offset: archive.readUInt32LE(at + 42),
  };
}

/** The end record is last, before a comment of at most 65,535 bytes. */
function findEnd(archive: Buffer): number {
  const lowest = Math.max(0, archive.length - endOfDirectoryBytes - 0xffff);
  for (let at = archive.length - endOfDirectoryBytes; at >= lowest; at -= 1) {
    if (archive.readUInt32LE(at) === endOfDirectory) return at;
  }
  throw new Error('it has no directory');
}

function inflate(archive: Buffer, entry: Entry): Buffer {
  if (archive.readUInt32LE(entry.offset) !== localEntry) throw new Error('its directory points nowhere');
  const nameBytes = archive.readUInt16LE(entry.offset + 26);
  const extraBytes = archive.readUInt16LE(entry.offset + 28);
  const start = entry.offset + localEntryBytes + nameBytes + extraBytes;
  const packed = archive.subarray(start, start + entry.packedSize);
  if (entry.method === 0) return packed;
  if (entry.method === 8) return inflateRawSync(packed);
  throw new Error(`compression method ${entry.method} is not supported`);
}
