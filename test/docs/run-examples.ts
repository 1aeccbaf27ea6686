import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { requirement, describeWith } from '../support/requirements';
import { type Checkout, makeCheckout } from './checkout';
import { commandsOf, firstMissing } from './example';
import { type Block, blocksOf, root } from './markdown';

/** Ways in which an example need not run here, each said in a comment above it. */
const marks = ['covered', 'account'];

export const examplesOf = (document: string): Block[] =>
  blocksOf(document).filter(({ language }) => ['sh', 'diff'].includes(language));

/** Runs every example of a document in order, in a checkout of its own. */
export function testExamples(document: string): void {
  describeWith(requirement('terraform'), document, () => {
    let checkout: Checkout;
    beforeAll(() => (checkout = makeCheckout()));
    afterAll(() => checkout.remove());

    it.each(examplesOf(document))(
      'keeps its word in line $line',
      async (block) => {
        if (block.mark) expectKnownMark(block);
        else if (block.language === 'diff') checkout.edit(block);
        else await runBlock(checkout, block);
      },
      240_000,
    );
  });
}

async function runBlock(checkout: Checkout, block: Block): Promise<void> {
  for (const { command, expected } of commandsOf(block)) {
    const { code, output } = await checkout.run(command.replace(/ +# .*$/, ''));
    const wanted = /# exit (\d+)$/.exec(command)?.[1] ?? '0';
    const missing = firstMissing(output, expected);
    if (String(code) !== wanted || missing !== undefined)
      throw new Error(`${command}: exit ${code}, missing: ${missing}\n${output.slice(-6000)}`);
  }
}

function expectKnownMark({ mark, document, line }: Block): void {
  const { word = '', value = '' } = mark ?? {};
  if (!marks.includes(word)) throw new Error(`${document}:${line}: unknown mark "${word}"`);
  if (word === 'covered') expect([value, existsSync(join(root, value))]).toEqual([value, true]);
}
