import {
  appendFileSync,
  closeSync,
  existsSync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { withLock } from './lock';

const NEWLINE = 10;

/**
 * A file of JSON lines that several processes append to.
 * A line is one transaction: it is there whole or, after a kill in the middle of writing, not at all.
 */
export class Journal {
  private descriptor = -1;
  private inode = -1;
  private offset = 0;
  /** Lines read so far since the file was opened. */
  lines = 0;
  /** Lines that wait for the end of `together`. */
  private held: string[] | undefined;

  /** `restart` is called before the file is read from its beginning, `line` for each line. */
  constructor(
    readonly file: string,
    private readonly restart: () => void,
    private readonly line: (value: unknown) => void,
  ) {
    mkdirSync(dirname(file), { recursive: true });
    this.sync();
  }

  /** Runs a function that returns what is to be appended, while no other process appends. */
  transact<T>(run: () => { readonly result: T; readonly entry?: object | undefined }): T {
    if (this.held) return this.hold(run(), this.held);
    return withLock(`${this.file}.lock`, () => {
      this.sync();
      this.dropTornLine();
      const { result, entry } = run();
      if (entry) this.append(entry);
      return result;
    });
  }

  /**
   * Writes all transactions of a function at once, when it has ended or failed. Throws when another process has appended
   * meanwhile: what was decided without knowing of that is not written.
   */
  async together<T>(run: () => Promise<T>): Promise<T> {
    withLock(`${this.file}.lock`, () => {
      this.sync();
      this.dropTornLine();
    });
    const held: string[] = (this.held = []);
    try {
      return await run();
    } finally {
      this.held = undefined;
      if (held.length) this.appendAll(held);
    }
  }

  /** Reads what other processes have appended. */
  sync(): void {
    if (this.held) return;
    if (this.isReplaced()) this.reopen();
    const size = fstatSync(this.descriptor).size;
    if (size > this.offset) this.readLines(size);
  }

  /** Puts a shorter file with the same meaning in this one's place. */
  rewrite(entries: () => readonly object[]): void {
    withLock(`${this.file}.lock`, () => {
      this.sync();
      const fresh = `${this.file}.${process.pid}`;
      writeFileSync(
        fresh,
        entries()
          .map((entry) => `${JSON.stringify(entry)}\n`)
          .join(''),
      );
      renameSync(fresh, this.file);
    });
    this.sync();
  }

  close(): void {
    closeSync(this.descriptor);
    this.descriptor = -1;
  }

  private isReplaced(): boolean {
    return !existsSync(this.file) || statSync(this.file).ino !== this.inode;
  }

  private reopen(): void {
    if (this.descriptor >= 0) closeSync(this.descriptor);
    this.descriptor = openSync(this.file, 'a+');
    this.inode = fstatSync(this.descriptor).ino;
    this.offset = 0;
    this.lines = 0;
    this.restart();
  }

  private readLines(size: number): void {
    const bytes = Buffer.alloc(size - this.offset);
    readSync(this.descriptor, bytes, 0, bytes.length, this.offset);
    const end = bytes.lastIndexOf(NEWLINE) + 1;
    for (const text of bytes.subarray(0, end).toString().split('\n')) {
      if (text) this.accept(JSON.parse(text));
    }
    this.offset += end;
  }

  private accept(value: unknown): void {
    this.lines++;
    this.line(value);
  }

  private dropTornLine(): void {
    if (fstatSync(this.descriptor).size > this.offset) ftruncateSync(this.descriptor, this.offset);
  }

  private hold<T>({ result, entry }: { readonly result: T; readonly entry?: object | undefined }, held: string[]): T {
    if (!entry) return result;
    held.push(`${JSON.stringify(entry)}\n`);
    this.accept(entry);
    return result;
  }

  private appendAll(lines: readonly string[]): void {
    withLock(`${this.file}.lock`, () => {
      const isForeign = this.isReplaced() || fstatSync(this.descriptor).size !== this.offset;
      if (isForeign)
        throw new Error(`${this.file} was changed by another process: begin again with a cloud of its own`);
      const bytes = Buffer.from(lines.join(''));
      appendFileSync(this.descriptor, bytes);
      this.offset += bytes.length;
    });
  }

  private append(entry: object): void {
    const bytes = Buffer.from(`${JSON.stringify(entry)}\n`);
    writeSync(this.descriptor, bytes);
    this.offset += bytes.length;
    this.accept(entry);
  }
}
