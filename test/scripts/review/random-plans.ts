import fc from 'fast-check';
import { odd20, planted, treeAround } from './values/planted';

/** A plan as Terraform would print it, and the secrets that were planted in it. */
export interface RandomPlan {
  readonly plan: Readonly<Record<string, unknown>>;
  readonly secrets: readonly string[];
}

const types = [
  ...[
    'aws_instance',
    'aws_db_instance',
    'aws_security_group',
    'aws_launch_template',
    'aws_autoscaling_group',
    'aws_lb',
  ],
  ...['google_compute_instance', 'google_compute_firewall', 'google_sql_database_instance', 'google_dns_record_set'],
  ...['cloudstack_instance', 'maas_instance', 'bigip_ltm_pool', 'terraform_data', 'null_resource', 'acme_unheard_of'],
];

const actions = [['create'], ['update'], ['delete'], ['delete', 'create'], ['create', 'delete'], ['no-op'], ['read'], ['forget'], ['forget', 'create']]; // prettier-ignore

/** Texts that would be markup, orders or ends of something elsewhere. */
const hostile = fc.constantFrom(
  '</script><script>alert(1)</script>',
  '`````\n# out\n```',
  '@everyone #1 ![x](https://evil.example/x.png)',
  '| a | b |\n|---|---|',
  '<!-- watari-review: x -->',
  '"><img src=x onerror=alert(1)>',
  '\u0000\u202e\u2028\ud800',
  '__proto__',
  '渡り🛑'.repeat(40),
);
const word = fc.oneof({ weight: 3, arbitrary: fc.stringMatching(/^[a-z][a-z0-9_]{0,12}$/) }, { weight: 1, arbitrary: hostile }); // prettier-ignore
const huge = fc.constantFrom('x'.repeat(70_000), '`'.repeat(9000), '渡\n'.repeat(20_000), '<&>'.repeat(9000));
const leaf = fc.oneof(word, fc.boolean(), fc.integer(), fc.double(), fc.constant(null), fc.constant(''));
const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    leaf,
    fc.array(tie('tree'), { maxLength: 3 }),
    fc.dictionary(word, tie('tree'), { maxKeys: 3 }),
  ),
}));
const values = fc.dictionary(word, tree, { maxKeys: 5 });
/** Marks of any form, also such as fit no value. */
const marks = fc.oneof(fc.constant(false), fc.constant(true), fc.constant({}), values, fc.array(fc.boolean(), { maxLength: 3 })); // prettier-ignore

interface Sides {
  readonly before: unknown;
  readonly after: unknown;
  readonly secrets: readonly string[];
  readonly marked: boolean;
}

/** Secrets where a provider marks them, where it forgot to, and in texts. */
const sides: fc.Arbitrary<Sides> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ before: values, after: values, secrets: fc.constant([]), marked: fc.constant(false) }) }, // prettier-ignore
  {
    weight: 2,
    arbitrary: fc.tuple(planted, planted).chain(([one, other]) =>
      fc.record({
        before: treeAround(one.text),
        after: treeAround(other.text),
        secrets: fc.constant([one.secret, other.secret]),
        marked: fc.constant(false),
      }),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.record({ values, secret: odd20, former: odd20 }).map(({ values: all, secret, former }) => ({
      before: { ...all, marked: former },
      after: { ...all, marked: secret, command: `mysql -papp ${secret} live` },
      secrets: [secret, former],
      marked: true,
    })),
  },
);

const path = fc.array(fc.oneof(word, fc.nat(3)), { maxLength: 3 });

const resource = fc
  .record({
    type: fc.oneof(fc.constantFrom(...types), word),
    name: word,
    index: fc.option(fc.oneof(word, fc.nat(3))),
    mode: fc.constantFrom('managed', 'managed', 'managed', 'data'),
    actions: fc.constantFrom(...actions),
    sides,
    unknown: marks,
    marks: fc.tuple(marks, marks),
    replacePaths: fc.option(fc.array(path, { maxLength: 3 })),
    former: fc.option(word),
    imported: fc.boolean(),
    reason: fc.option(fc.constantFrom('replace_because_cannot_update', 'replace_because_tainted', 'something_new')),
  })
  .map(({ type, name, index, mode, sides: { before, after, secrets, marked }, ...one }) => {
    const key = index === null ? '' : `[${JSON.stringify(index)}]`;
    const isNew = one.actions.length === 1 && one.actions[0] === 'create';
    const goes = one.actions.length === 1 && ['delete', 'forget'].includes(one.actions[0] ?? '');
    const planned = {
      ...{ address: `${type}.${name}${key}`, mode, type, name },
      ...(one.former === null ? {} : { previous_address: `${type}.${one.former}` }),
      ...(one.reason === null ? {} : { action_reason: one.reason }),
      change: {
        actions: one.actions,
        before: isNew ? null : before,
        after: goes ? null : after,
        after_unknown: one.unknown,
        before_sensitive: marked ? { marked: true } : one.marks[0],
        after_sensitive: marked ? { marked: true } : one.marks[1],
        ...(one.replacePaths === null ? {} : { replace_paths: one.replacePaths }),
        ...(one.imported && isNew ? { importing: { id: name } } : {}),
      },
    };
    return { planned, secrets };
  });

const check = planted.map(({ secret, text }) => ({
  secret,
  check: {
    address: { to_display: 'check.it' },
    status: 'fail',
    instances: [{ status: 'fail', problems: [{ message: `It is not well:\n\n${text}\n` }] }],
  },
}));

const output = fc
  .record({ name: word, actions: fc.constantFrom(['create'], ['update'], ['delete']), change: planted })
  .map(({ name, actions, change: { secret, text } }) => ({
    secret,
    entry: [name, { actions, before: text, after: `${text} `, after_unknown: false }] as const,
  }));

function planOf(most: number): fc.Arbitrary<RandomPlan> {
  const lists = fc.record({
    resources: fc.array(resource, { maxLength: most }),
    drifted: fc.array(resource, { maxLength: 2 }),
    checks: fc.array(check, { maxLength: 1 }),
    outputs: fc.array(output, { maxLength: 2 }),
  });
  return lists.map(({ resources, drifted, checks, outputs }) => ({
    plan: {
      format_version: '1.2',
      resource_changes: resources.map(({ planned }) => planned),
      resource_drift: drifted.map(({ planned }) => planned),
      checks: checks.map((one) => one.check),
      output_changes: Object.fromEntries(outputs.map(({ entry }) => entry)),
    },
    secrets: [
      ...[...resources, ...drifted].flatMap(({ secrets }) => secrets),
      ...[...checks, ...outputs].map(({ secret }) => secret),
    ],
  }));
}

export const smallPlan: fc.Arbitrary<RandomPlan> = planOf(6);

/** Thousands of changes that repeat a few, each with texts that are far too long. */
export const largePlan: fc.Arbitrary<RandomPlan> = fc
  .tuple(planOf(6), huge, fc.integer({ min: 300, max: 1500 }))
  .map(([{ plan, secrets }, text, count]) => {
    const few = (plan['resource_changes'] as readonly { address: string; change: object }[]).slice(0, 2);
    const long = {
      ...{ address: `aws_instance.${text.slice(0, 300)}`, mode: 'managed', type: 'aws_instance', name: 'long' },
    };
    const change = { actions: ['delete', 'create'], before: { ami: 'a', text }, after: { ami: 'b', text: `${text}!` }, replace_paths: [['ami']] }; // prettier-ignore
    const plain = { actions: ['delete'], before: { ami: 'a' }, after: null };
    const many = Array.from({ length: count }, (_, index) => ({
      ...long,
      address: `aws_instance.i${index}`,
      change: plain,
    }));
    return { plan: { ...plan, resource_changes: [...few, { ...long, change }, ...many] }, secrets };
  });
