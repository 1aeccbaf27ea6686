import { NotPlantable } from './not-plantable';

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };

/** A text that is read from left to right. */
export class Reader {
  private at = 0;

  constructor(private readonly text: string) {}

  get atEnd(): boolean {
    return this.at >= this.text.length;
  }

  /** Whether the rest begins with a text. */
  sees(expected: string): boolean {
    return this.text.startsWith(expected, this.at);
  }

  /** Passes over a text if it is next. */
  takes(expected: string): boolean {
    if (!this.sees(expected)) return false;
    this.at += expected.length;
    return true;
  }

  expect(expected: string): void {
    if (!this.takes(expected)) this.refuse(`"${expected}" is expected`);
  }

  /** Passes over what a pattern covers, from here; the pattern must be sticky. */
  takesPattern(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  skipSpace(): void {
    this.takesPattern(/\s*/y);
    if (this.sees('#') || this.sees('//') || this.sees('/*')) this.refuse('a comment');
  }

  next(): string {
    return this.text[this.at++] ?? this.refuse('it ends too early');
  }

  /** A character of a quoted text, after its backslash. */
  escaped(): string {
    const letter = this.next();
    if (letter === 'u') return String.fromCodePoint(this.hex(/[0-9a-fA-F]{4}/y));
    if (letter === 'U') return String.fromCodePoint(this.hex(/[0-9a-fA-F]{8}/y));
    return ESCAPES[letter] ?? this.refuse(`\\${letter}`);
  }

  refuse(what: string): never {
    throw new NotPlantable(`an expression that is not understood: ${what}, in ${JSON.stringify(this.around())}`);
  }

  private hex(pattern: RegExp): number {
    return parseInt(this.takesPattern(pattern) ?? this.refuse('a wrong escape'), 16);
  }

  /** Enough to find the place; expressions may hold a machine's whole user data. */
  private around(): string {
    return this.text.slice(Math.max(0, this.at - 30), this.at + 30);
  }
}
