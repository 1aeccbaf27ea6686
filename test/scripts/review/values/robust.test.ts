import fc from 'fast-check';
import { attributeChanges } from '../../../../scripts/review/values/diff';
import { maskText, maskValue } from '../../../../scripts/review/values/mask';
import { referencesOf } from '../../../../scripts/review/values/references';

const key = fc.oneof(
  fc.constantFrom('__proto__', 'constructor', 'user_data', 'name', 'password', 'references'),
  fc.string(),
);
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.json(),
  fc.base64String(),
  fc.constantFrom('#cloud-config\na: &a [*a]', '\n', '{'),
);
const { tree } = fc.letrec((tie) => ({
  leaf: fc.oneof(text, fc.integer(), fc.double(), fc.boolean(), fc.constant(null)),
  tree: fc.oneof({ depthSize: 'small' }, tie('leaf'), fc.array(tie('tree')), fc.dictionary(key, tie('tree'))),
}));
const size = (value: unknown): number => JSON.stringify(value).length;

describe('Any JSON', () => {
  it('gives changes of bounded size and no crash', () => {
    const input = fc.record({
      before: tree, after: tree, afterUnknown: tree, beforeSensitive: tree, afterSensitive: tree, replacePaths: tree, expressions: tree,
    }); // prettier-ignore
    fc.assert(
      fc.property(input, ({ expressions, ...change }) => {
        const changes = attributeChanges({ type: 'x', ...change, references: referencesOf(expressions) });
        for (const { before = '', after = '', path } of changes) {
          expect(Math.max(before.length, after.length)).toBeLessThanOrEqual(200);
          expect(path.length).toBeLessThan(4000);
        }
        expect(changes.length).toBeLessThanOrEqual(101);
      }),
      { numRuns: 100 },
    );
  });

  it('does not differ from itself', () => {
    fc.assert(
      fc.property(tree, (value) => expect(attributeChanges({ type: 'x', before: value, after: value })).toEqual([])),
    );
  });

  it('that differs looks different', () => {
    fc.assert(
      fc.property(tree, tree, (before, after) => {
        const changes = attributeChanges({ type: 'x', before: { a: before }, after: { a: after } });
        for (const change of changes) {
          if (change.before !== undefined) expect(change.before).not.toBe(change.after);
        }
      }),
    );
  });

  it('however deep or large is answered', () => {
    const deep = JSON.parse(`${'['.repeat(20_000)}${']'.repeat(20_000)}`) as unknown;
    expect(size(attributeChanges({ type: 'x', before: { a: deep }, after: { a: [deep] } }))).toBeLessThan(1000);
    const wide = (add: number) => Array.from({ length: 5000 }, (_, index) => ({ value: index + add, other: 'x' }));
    expect(size(attributeChanges({ type: 'x', before: { a: wide(0) }, after: { a: wide(3000) } }))).toBeLessThan(
      100_000,
    );
    // Each of them takes minutes where a pattern tries again from every letter.
    for (const piece of ['password=', 'eyJabcdefgh', '\\', 'http://a:', 'curl ', '-----BEGIN ', 'token: {"a": ']) {
      expect(maskText(piece.repeat(10_000)).length).toBeLessThan(400_000);
    }
    expect(String(maskValue('a'.repeat(2_000_000)))).toBe('too long to be searched (sensitive)');
  });
});
