import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';

export const root = join(__dirname, '..', '..');

/** README and everything under docs/, relative to the checkout. */
export function documents(): string[] {
  const below = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name));
  return ['README.md', ...below.sort()];
}

export function textOf(document: string): string {
  return readFileSync(join(root, document), 'utf8');
}

/** One fenced block with the comment above it, if there is one. */
export interface Block {
  readonly document: string;
  readonly line: number;
  readonly language: string;
  readonly lines: readonly string[];
  /** `covered` in `<!-- covered: test/e2e/x.test.ts -->`. */
  readonly mark?: { readonly word: string; readonly value: string };
}

export function blocksOf(document: string): Block[] {
  const lines = textOf(document).split('\n');
  const blocks: Block[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const language = /^```(\S+)/.exec(lines[at] ?? '')?.[1];
    if (language === undefined) continue;
    const end = lines.indexOf('```', at + 1);
    blocks.push({ document, line: at + 1, language, lines: lines.slice(at + 1, end), ...markOf(lines[at - 1] ?? '') });
    at = end;
  }
  return blocks;
}

function markOf(line: string): Pick<Block, 'mark'> {
  const [, word, value] = /^<!-- (\w+): (.+) -->$/.exec(line) ?? [];
  return word === undefined || value === undefined ? {} : { mark: { word, value } };
}

/** Headings as GitHub turns them into anchors. */
export function anchorsOf(document: string): string[] {
  const outside = textOf(document).replaceAll(/^```[\s\S]*?^```$/gm, '');
  return [...outside.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

export const fromRoot = (path: string): string => relative(root, path);
