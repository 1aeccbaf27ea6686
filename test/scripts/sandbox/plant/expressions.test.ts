import { describeWith, requirement } from '../../../support/requirements';
import { Nursery, statesIn } from './nursery';

const long = 'x'.repeat(300);

/** Each is computed by Terraform and by the planting alike; both keep value and type. */
const EXPRESSIONS: readonly unknown[] = [
  ...['plain', '', 'a $${not} %%{this} $5 50% {}', 'two\nlines', 'é and 渡り', '${"inner \\"quotes\\" \\n \\u00e9"}'],
  ...[1, 2.5, -3, 0, true, false, ['a', 1, true, null], { b: 1, a: { c: [] } }, {}, [], [[1], ['a']]],
  ...[
    '${var.given}',
    'a-${var.given}-b',
    '${var.made}',
    '${var.amount}',
    '${var.flag}',
    '${local.other}',
    '${local.map.x}',
  ],
  ...['${1}', '${1.5}', '${true}', '${null}', '${"x"}', '${"a${"b${1}"}"}', '${1}${2}', 'n ${1.25} ${true}'],
  ...[
    '${[1, "a", true]}',
    '${[]}',
    '${{a = 1, "b" = 2, c: "x", (local.other) = 3}}',
    '${{"a-b" = {c = [1]}}["a-b"].c[0]}',
  ],
  ...['${local.list[0]}', '${local.list[1]["k"]}', '${local.list.0.k}', '${local.map["x"]}', '${local.list[*].k}'],
  ...[
    '${local.list.*.k}',
    '${local.map[*].x}',
    '${null[*]}',
    '${local.nested[*].items[0]}',
    '${local.nested.*.items[1]}',
  ],
  ...['${1 + 2 * 3 - 4}', '${(1 + 2) * 3}', '${7 % 4}', '${8 / 2}', '${-local.three}', '${!var.flag}', '${"5" + 1}'],
  ...[
    '${1 == 1}',
    '${"1" == 1}',
    '${"a" != "b"}',
    '${1 < 2 && 2 <= 2 || false}',
    '${3 > 4}',
    '${3 >= 4}',
    '${null == null}',
  ],
  ...['${local.three == 3 ? "yes" : "no"}', '${var.flag ? 1 : "two"}', '${false ? "a" : null}', '${true ? [1] : [2]}'],
  ...['${join(",", ["a", 1, true])}', '${join("-", [], ["a"], ["b", "c"])}', '${join(",", split("-", "a-b--c"))}'],
  ...['${split(",", "a,b")}', '${split(",", "")}', '${base64encode("渡り <&>")}', '${base64decode("5rih44KK")}'],
  ...[
    '${sha256("a")}',
    '${sha1("a")}',
    '${md5("a")}',
    '${sha512("a")}',
    '${base64sha256("a")}',
    `\${sha256("${long}")}`,
  ],
  ...[
    '${length("abc")}',
    '${length([1, 2])}',
    '${length({a = 1})}',
    '${length(local.list)}',
    '${one([])}',
    '${one(["a"])}',
  ],
  ...[
    '${element(["a", "b", "c"], 4)}',
    '${element(split(",", "a,b"), 1)}',
    '${concat([1], ["a"])}',
    '${concat([], [])}',
  ],
  ...['${concat(split(",", "a"), split(",", "b,c"))}', '${merge({a = 1}, {b = "x"}, {a = 2})}', '${merge({}, null)}'],
  ...[
    '${lookup({a = 1}, "a", 2)}',
    '${lookup({a = 1}, "b", 2)}',
    '${keys({b = 1, a = 2})}',
    '${values({b = 1, a = "x"})}',
  ],
  ...[
    '${contains(["a", "b"], "b")}',
    '${contains([1], 2)}',
    '${coalesce("", null, "c", "d")}',
    '${compact(["a", "", "b"])}',
  ],
  ...[
    '${flatten([[1], [[2]], 3])}',
    '${tolist(["a", "b"])}',
    '${toset(["b", "a", "b"])}',
    '${tolist(toset(["z", "a"]))}',
  ],
  ...[
    '${tomap({b = "x", a = "y"})}',
    '${tostring(5)}',
    '${tonumber("7")}',
    '${tobool("true")}',
    '${max(1, 3, 2)}',
    '${min(2, 1)}',
  ],
  ...[
    '${max([1, 5, 3]...)}',
    '${lower("ABC")}',
    '${upper("abc")}',
    '${trimspace("  a ")}',
    '${trimprefix("abc", "a")}',
  ],
  ...[
    '${trimsuffix("abc", "c")}',
    '${startswith("abc", "ab")}',
    '${endswith("abc", "ab")}',
    '${replace("a.b.c", ".", "$&")}',
  ],
  ...[
    '${format("%s-%d%%", "a", 5)}',
    '${parseint("42", 10)}',
    '${cidrhost("10.1.0.0/16", 258)}',
    '${cidrsubnet("10.1.0.0/16", 8, 3)}',
  ],
  ...[
    '${jsonencode({"b" = "<a&b>", "a" = [1, 1.5, true, null, {"é" = "\\n\\t\\"\\\\"}]})}',
    '${jsonencode("\\u2028\\u0007\\u0008")}',
  ],
  ...['${jsonencode([])}', '${jsonencode(null)}', '${jsonencode(toset(["b", "a"]))}', '${jsonencode(123456789012)}'],
  ...[
    '${length(local.list) == 2 && local.map.x == "y" ? "${local.map.x}!" : ""}',
    { '${local.other}': '${var.amount}' },
  ],
  ...['${{\n a = 1\n b = 2\n}}', '${[\n "a",\n "b",\n]}', '${ join( "," , [ "a" , "b" ] ) }'],
];

const CONFIGURATION = {
  variable: {
    given: { type: 'string' },
    made: { type: 'string' },
    amount: { type: 'number', default: 5 },
    flag: { type: 'bool', default: true },
  },
  locals: {
    other: 'other-${var.amount}',
    three: 3,
    list: [{ k: 'a' }, { k: 'b' }],
    map: { x: 'y' },
    nested: [{ items: ['a', 'b'] }, { items: ['c', 'd'] }],
  },
};

/** What only Terraform computes, and the word by which the refusal is recognised. */
const REFUSED: readonly (readonly [string, RegExp])[] = [
  ['${[for item in local.list : item.k]}', /a for expression/],
  ['${{for item in local.list : item.k => 1}}', /a for expression/],
  ['%{ if true }a%{ endif }', /a directive/],
  ['${~ "a" ~}', /a directive/],
  ['${base64gzip("a")}', /the function base64gzip/],
  ['${timestamp()}', /the function timestamp/],
  ['${path.module}', /path\./],
  ['${terraform.workspace}', /terraform\./],
  ['${upper("é")}', /beyond ASCII/],
  ['${replace("abc", "/b+/", "x")}', /a pattern/],
  ['${format("%05d", 3)}', /%0 in a format/],
  ['${1 / 3}', /no whole number/],
  ['${base64decode("/w==")}', /does not hold a text/],
  ['${9007199254740993}', /the number/],
  ['${[1, 2] == [1, 2]}', /comparison of structures/],
  ['${"a" /* why */}', /a comment/],
];

describeWith(requirement('terraform'), 'an expression of a planted stack', () => {
  const nursery = new Nursery();
  afterAll(() => nursery.close());

  it('has the value and the type that Terraform gives it', async () => {
    const named = EXPRESSIONS;
    const output = Object.fromEntries(named.map((value, index) => [`e${index}`, { value }]));
    const stack = nursery.write('expressions', { ...CONFIGURATION, output });
    const [planted, applied] = [nursery.plot('planted'), nursery.plot('applied')];
    expect(await nursery.plant(planted, [stack])).toEqual({ planted: ['expressions'], applied: [], failed: [] });
    await nursery.apply(applied, [stack]);
    const [ours, theirs] = [planted, applied].map(({ home }) => Object.values(statesIn(home))[0]?.outputs);
    expect(ours).toEqual(theirs);
    expect(Object.keys(ours ?? {}).length).toBeGreaterThan(100);
  }, 60_000);

  it.each(REFUSED)(
    'is left to Terraform when it is %s',
    async (value, reason) => {
      const stack = nursery.write('refused', { ...CONFIGURATION, output: { refused: { value } } });
      const plot = nursery.plot(`refused-${REFUSED.findIndex(([text]) => text === value)}`);
      const { planted, applied, failed } = await nursery.plant(plot, [stack]);
      expect(planted).toEqual([]);
      expect([...applied, ...failed]).toMatchObject([
        { stack: 'refused', why: expect.stringMatching(reason) as string },
      ]);
    },
    60_000,
  );
});
