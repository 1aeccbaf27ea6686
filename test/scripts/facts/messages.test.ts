import { groupRules, ruleFrom } from '../../../scripts/facts/messages';

test.each([
  ['expected protocol to be one of ["tcp" "udp"], got §junk', { one_of: ['tcp', 'udp'] }],
  ['Attribute type value must be one of: ["internal" "external"], got: "§junk"', { one_of: ['internal', 'external'] }],
  ['expected port to be in the range (1 - 65535), got 99999999', { min: 1, max: 65535 }],
  ['expected length of name to be in the range (3 - 128), got §junk', { min_length: 3, max_length: 128 }],
  ['Attribute name string length must be between 2 and 64, got: 5000', { min_length: 2, max_length: 64 }],
  ['expected priority to be at least (1), got -99999999', { min: 1 }],
  ['"name" cannot be longer than 32 characters', { max_length: 32 }],
  ['invalid value for name (must match regular expression pattern "^a"): got', { more: true }],
  ['"name" ("§junk") doesn\'t match regexp "^(?:[a-z]+)$"', { pattern: '^(?:[a-z]+)$' }],
  ['expected ip to contain a valid IPv4 address, got: §junk', { format: 'ipv4' }],
  ['"range" is not a valid IP CIDR range: invalid CIDR address', { format: 'cidr' }],
  ['strconv.ParseInt: parsing "§junk": invalid syntax', { format: 'integer' }],
  ['Attribute subnet_ids requires 1 item minimum, but config has only 0 declared.', { min_items: 1 }],
  ['Attribute import list must contain at least 1 elements, got: 0', { min_items: 1 }],
  ['Attribute health_checks supports 1 item maximum, but config has 2 declared.', { max_items: 1 }],
  ["string has an unauthorized character: '\"'", { pattern: '^[^"]*$' }],
  ["string has an unauthorized character: '\u00a7'", { pattern: '^[^\\u0080-\\uffff]*$' }],
  ['the moon is in the wrong house', { more: true }],
])('the refusal %j is read as a rule', (message, rule) => {
  expect(ruleFrom([message])).toEqual(rule);
});

test('two ranges of one number are alternatives', () => {
  const said = [
    'expected slow_start to be in the range (30 - 900), got 1',
    'expected slow_start to be in the range (0 - 0), got 1',
  ];
  expect(ruleFrom(said)).toEqual({
    ranges: [
      [0, 0],
      [30, 900],
    ],
  });
});

test('an address or one of some words is more than a rule can say', () => {
  expect(ruleFrom(['string is not a valid IP address', 'value must be one of: ["self" "reject"]'])).toEqual({
    more: true,
  });
});

test('exclusive and dependent arguments are read without block indices', () => {
  const rules = groupRules([
    { path: 'name', text: 'Conflicting: "name": conflicts with name_prefix' },
    { path: 'disk.source', text: '"disk.0.source": conflicts with disk.0.image' },
    { path: 'a', text: '"a": only one of `a,b` can be specified, but `a,b` were specified.' },
    { path: 'b', text: '"b": one of `a,b` must be specified' },
    { path: 'mask', text: '"mask": all of `mask,pool` must be specified' },
  ]);
  expect(Object.fromEntries(rules)).toEqual({
    name: { conflicts_with: ['name_prefix'] },
    'disk.source': { conflicts_with: ['disk.image'] },
    a: { exactly_one_of: ['a', 'b'] },
    b: { at_least_one_of: ['a', 'b'] },
    mask: { required_with: ['pool'] },
  });
});

test('characters that are refused one by one are refused together', () => {
  const said = ["string has an unauthorized character: '\u00c2'", "string has an unauthorized character: '\"'"];
  expect(ruleFrom(said)).toEqual({ pattern: '^[^\\u0080-\\uffff"]*$' });
});
