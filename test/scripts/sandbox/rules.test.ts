import type { TypeFacts } from '../../../scripts/sandbox/facts';
import { validate } from '../../../scripts/sandbox/rules';
import { withBlocks } from '../../../scripts/sandbox/schema';
import { UNKNOWN, type Fields } from '../../../scripts/sandbox/values';

const text = { type: 'string', optional: true } as const;
const type = (rules: TypeFacts['rules'], legacy = true): TypeFacts => ({
  block: {
    attributes: {
      id: { ...text, computed: true, optional: legacy },
      a: text,
      b: text,
      c: text,
      n: { type: 'number', optional: true },
    },
    block_types: {
      box: {
        nesting_mode: 'list',
        block: { attributes: { x: text, y: text, many: { type: ['set', 'string'], optional: true } } },
      },
    },
  },
  rules,
});
const errors = (rules: NonNullable<TypeFacts['rules']>, config: Fields, legacy = true): readonly string[] => {
  const facts = type(rules, legacy);
  return validate(facts, withBlocks(facts.block, config)).map(({ summary, detail }) =>
    [summary, detail].filter(Boolean).join(': '),
  );
};

describe('the rules of the facts', () => {
  it.each([
    ['an enumeration', { one_of: ['x', 'y'] }, 'z', 'expected a to be one of ["x" "y"], got z'],
    ['a length', { min_length: 2, max_length: 3 }, 'abcd', 'expected length of a to be in the range (2 - 3), got abcd'],
    ['a pattern', { pattern: '^(?:[[:alpha:]]+)\\z' }, 'a1', 'must match regular expression'],
    ['an IPv4 address', { format: 'ipv4' }, '10.0.0', 'expected a to contain a valid IPv4 address, got: 10.0.0'],
    ['a range of addresses', { format: 'cidr' }, '10.0.0.0/33', 'a valid CIDR range'],
    ['a range of one family', { format: 'ipv6_cidr' }, '10.0.0.0/8', 'a valid IPv6 CIDR range'],
    ['a network', { format: 'network' }, '10.0.0.1/24', 'a valid network CIDR'],
    ['an IPv4 network', { format: 'ipv4_network' }, '10.0.1.0/22', 'a valid IPv4 network CIDR'],
    ['an IPv6 network', { format: 'ipv6_network' }, '2001:db8::1/64', 'a valid IPv6 network CIDR'],
    ['JSON', { format: 'json' }, '{', 'valid JSON'],
    ['an ARN', { format: 'arn' }, 'arn:aws', 'a valid ARN'],
  ])('refuse a value against %s', (_, rule, value, message) => {
    expect(errors({ a: rule }, { a: value })).toEqual([expect.stringContaining(message)]);
  });

  it.each([
    ['network', '10.0.4.0/22'],
    ['network', '2001:db8::/64'],
    ['ipv4_network', '10.0.0.1/32'],
    ['ipv6_network', '::/0'],
    ['ipv4_cidr', '10.0.0.1/24'],
  ])('take a %s: %s', (format, value) => {
    expect(errors({ a: { format } }, { a: value })).toEqual([]);
  });

  it('count the items of an argument', () => {
    const rules = { 'box.many': { min_items: 1, max_items: 2 } };
    const saidOf = (many: readonly string[], legacy = true): readonly string[] =>
      errors(rules, { box: [{ many }] }, legacy);
    expect(saidOf(['x'])).toEqual([]);
    expect(saidOf([])).toEqual([
      'Not enough list items: Attribute box.0.many requires 1 item minimum, but config has only 0 declared.',
    ]);
    expect(saidOf(['x', 'y', 'z'])).toEqual([
      'Too many list items: Attribute box.0.many supports 2 item maximum, but config has 3 declared.',
    ]);
    expect(saidOf([], false)).toEqual([expect.stringContaining('must contain at least 1 elements, got: 0')]);
  });

  it('let an argument be absent that needs items, and a block twice that says something else', () => {
    expect(errors({ 'box.many': { min_items: 1 } }, { box: [{ x: 'x' }] })).toEqual([]);
    expect(errors({ box: { distinct_by: ['x'] } }, { box: [{ x: '1' }, { x: '2' }, { x: UNKNOWN }] }, false)).toEqual(
      [],
    );
  });

  it('refuse a block that is there twice', () => {
    expect(errors({ box: { distinct_by: ['x'] } }, { box: [{ x: '1' }, { x: '1', y: 'y' }] }, false)).toEqual([
      'Duplicate Configuration Error: multiple box blocks with the same x "1"',
    ]);
    expect(errors({ box: { distinct_by: ['x', 'y'] } }, { box: [{ x: '1' }, { x: '1', y: 'y' }] }, false)).toEqual([]);
  });

  it('refuse a number outside of its range or of all its ranges', () => {
    expect(errors({ n: { min: 1, max: 5 } }, { n: 6 })).toEqual(['expected n to be in the range (1 - 5), got 6']);
    expect(
      errors(
        {
          n: {
            ranges: [
              [0, 0],
              [30, 900],
            ],
          },
        },
        { n: 5 },
      ),
    ).toEqual([expect.stringContaining('(0 - 0), (30 - 900), got 5')]);
    expect(
      errors(
        {
          n: {
            ranges: [
              [0, 0],
              [30, 900],
            ],
          },
        },
        { n: 30 },
      ),
    ).toEqual([]);
  });

  it('let unknown and omitted values pass', () => {
    expect(errors({ a: { one_of: ['x'] }, b: { min_length: 3 } }, { a: UNKNOWN })).toEqual([]);
  });

  it('name the exclusive arguments, once for the whole group', () => {
    const one = { exactly_one_of: ['a', 'b'] };
    expect(errors({ a: one, b: one }, { a: 'x', b: 'y' })).toEqual([
      expect.stringContaining('only one of `a,b` can be specified, but `a,b` were specified.'),
    ]);
    expect(errors({ a: one, b: one }, {})).toEqual([expect.stringContaining('one of `a,b` must be specified')]);
    expect(errors({ a: one, b: one }, { a: UNKNOWN })).toEqual([]);
  });

  it('name arguments that conflict, and arguments that need others', () => {
    expect(errors({ a: { conflicts_with: ['b'] } }, { a: 'x', b: 'y' })).toEqual([
      expect.stringContaining('"a": conflicts with b'),
    ]);
    expect(errors({ a: { required_with: ['b'] } }, { a: 'x' })).toEqual([
      expect.stringContaining('all of `b` must be specified'),
    ]);
  });

  it('know of a list that it is there before they know what is in it', () => {
    const rules = { 'box.x': { conflicts_with: ['box.many'] } };
    expect(errors(rules, { box: [{ x: 'x', many: [UNKNOWN] }] }, false)).toHaveLength(1);
    expect(errors(rules, { box: [{ x: 'x', many: UNKNOWN }] }, false)).toEqual([]);
    const one = { 'box.x': { exactly_one_of: ['box.x', 'box.many'] } };
    expect(errors(one, { box: [{ many: [UNKNOWN] }] }, false)).toEqual([]);
  });

  it('apply a group inside of a block only where the block is', () => {
    const rules = { 'box.x': { at_least_one_of: ['box.x', 'box.y'] } };
    expect(errors(rules, {})).toEqual([]);
    expect(errors(rules, { box: [{}] })).toEqual([
      expect.stringContaining('"box.0.x": one of `box.x,box.y` must be specified'),
    ]);
    expect(errors(rules, { box: [{ y: 'set' }] })).toEqual([]);
  });

  it('leave a block of the older SDK alone while something in it is unknown', () => {
    const rules = { 'box.x': { one_of: ['good'] } };
    expect(errors(rules, { box: [{ x: 'bad', many: [UNKNOWN] }] })).toEqual([]);
    expect(errors(rules, { box: [{ x: 'bad', many: [UNKNOWN] }] }, false)).toHaveLength(1);
  });

  it('point at the argument', () => {
    const facts = type({ 'box.x': { one_of: ['good'] } });
    const [error] = validate(facts, withBlocks(facts.block, { box: [{}, { x: 'bad' }] }));
    expect(error?.attribute?.steps).toEqual([
      { attribute_name: 'box' },
      { element_key_int: 1 },
      { attribute_name: 'x' },
    ]);
  });
});
