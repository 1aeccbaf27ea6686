import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { main } from '../../../scripts/watari';
import { recordedContext } from '../../support/cli';

const root = join(__dirname, '..', '..', '..');

export interface ImageAnswer {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A checkout with the kit and nothing but the images of a test, and commands on it. */
export class ImageCheckout {
  readonly path = mkdtempSync(join(tmpdir(), 'watari-images-'));

  constructor() {
    cpSync(join(root, 'images', 'kit'), join(this.path, 'images', 'kit'), { recursive: true });
    this.write('images/steps/hello.sh', '#!/bin/bash\necho hello\n');
    this.write(
      'images/plain.ts',
      describe({ summary: 'Nothing but a step', base: 'debian-12', steps: ['steps/hello.sh'] }),
    );
    this.write('images/fast.ts', describe({ summary: 'Built per level', base: 'plain', microarchitectures: true }));
  }

  write(path: string, content: string): void {
    mkdirSync(dirname(join(this.path, path)), { recursive: true });
    writeFileSync(join(this.path, path), content);
  }

  async run(words: readonly string[], env: Readonly<Record<string, string | undefined>> = {}): Promise<ImageAnswer> {
    const context = recordedContext({ root: this.path, cwd: this.path, env: { PATH: process.env.PATH, ...env } });
    const code = await main(['image', ...words], context);
    return { code, ...context.written };
  }

  async json<T>(words: readonly string[], env?: Readonly<Record<string, string | undefined>>): Promise<T> {
    const { code, stdout, stderr } = await this.run([...words, '--json'], env);
    if (code !== 0) throw new Error(`${words.join(' ')} ends with ${code}: ${stdout}${stderr}`);
    return JSON.parse(stdout) as T;
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** A description as somebody would write it, without its imports. */
export function describe(description: object): string {
  return `export default ${JSON.stringify(description)};\n`;
}
