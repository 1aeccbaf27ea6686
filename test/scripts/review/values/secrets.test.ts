import fc from 'fast-check';
import { attributeChanges } from '../../../../scripts/review/values/diff';
import { maskText, maskValue } from '../../../../scripts/review/values/mask';
import { holds, odd20, planted, treeAround } from './planted';

const type = 'aws_instance';
const numRuns = 200;

describe('A planted secret', () => {
  it('is never in a masked value, however deep and however packed', () => {
    const around = planted.chain(({ secret, text }) => fc.tuple(fc.constant(secret), treeAround(text)));
    fc.assert(
      fc.property(around, ([secret, tree]) => {
        expect(holds(JSON.stringify(maskValue(tree, { type })), secret)).toBe(false);
      }),
      { numRuns },
    );
  });

  it('is never in what differs', () => {
    const change = fc.tuple(planted, planted).chain(([one, other]) =>
      fc.tuple(fc.constant([one.secret, other.secret]), treeAround(one.text), treeAround(other.text)),
    ); // prettier-ignore
    fc.assert(
      fc.property(change, ([secrets, before, after]) => {
        const texts = [
          attributeChanges({ type, before, after }),
          attributeChanges({ type, before: null, after }),
          attributeChanges({ type, before, after: null }),
        ].map((changes) => JSON.stringify(changes));
        for (const secret of secrets) expect(texts.filter((text) => holds(text, secret))).toEqual([]);
      }),
      { numRuns },
    );
  });

  it('is never in a message', () => {
    fc.assert(
      fc.property(planted, fc.string(), ({ secret, text }, around) => {
        expect(holds(maskText(`Error: ${around}\n\n${text}\n${around}`), secret)).toBe(false);
      }),
      { numRuns },
    );
  });

  it('that a provider marked is not shown anywhere in the resource, nor in its messages', () => {
    const marked = odd20.chain((secret) => fc.tuple(fc.constant(secret), treeAround(`mysql -papp ${secret} live`)));
    fc.assert(
      fc.property(marked, ([secret, tree]) => {
        const after = { ...(tree as object), marked: secret };
        const change = { type, before: { marked: 'former' }, after, afterSensitive: { marked: true } };
        expect(holds(JSON.stringify(attributeChanges(change)), secret)).toBe(false);
        expect(holds(JSON.stringify(maskValue(after, { type, sensitive: { marked: true } })), secret)).toBe(false);
        expect(holds(maskText(`failed with ${JSON.stringify({ arg: secret })}`, [secret]), secret)).toBe(false);
      }),
      { numRuns: 200 },
    );
  });
});
