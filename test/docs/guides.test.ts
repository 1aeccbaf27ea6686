import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { blocksOf, documents, root } from './markdown';
import { examplesOf, testExamples } from './run-examples';

for (const document of documents())
  if (document !== 'README.md' && examplesOf(document).length > 0) testExamples(document);

describe('TypeScript in the documents', () => {
  const blocks = documents()
    .flatMap(blocksOf)
    .filter(({ language }) => language === 'ts');

  it.each(blocks)('$document:$line is part of a file that the type check reads', ({ lines }) => {
    const [first = '', ...rest] = lines;
    const file = first.replace(/^\/\/ /, '');
    const text = existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8') : `no file ${file}`;
    expect(text).toContain(rest.join('\n').trim());
  });
});
