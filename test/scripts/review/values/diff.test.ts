import { attributeChanges, type ValueChange } from '../../../../scripts/review/values/diff';
import { referencesOf } from '../../../../scripts/review/values/references';

const changes = (before: unknown, after: unknown, more: Partial<ValueChange> = {}) =>
  attributeChanges({ type: 'aws_instance', before, after, ...more });

describe('What differs in a resource', () => {
  it('is said by dotted path, what forces a replacement first', () => {
    const found = changes(
      { ami: 'ami-1', tags: { 'a.b': 'x', role: 'edge' }, type: 'small', same: 1 },
      { ami: 'ami-2', tags: { 'a.b': 'y', role: 'edge' }, type: 'large', same: 1 },
      { replacePaths: [['type']] },
    );
    expect(found).toEqual([
      { path: 'type', change: 'changed', before: 'small', after: 'large', forces: true },
      { path: 'ami', change: 'changed', before: 'ami-1', after: 'ami-2' },
      { path: 'tags["a.b"]', change: 'changed', before: 'x', after: 'y' },
    ]);
  });

  it('leaves out what only says in another way that there is nothing', () => {
    const before = { a: null, b: '', c: [], d: null, e: null, f: { g: null } };
    const after = { a: '', b: null, c: null, d: false, e: 0, f: null };
    expect(changes(before, after)).toEqual([]);
    expect(changes({ a: true }, { a: false })).toHaveLength(1);
  });

  it('says what forces a replacement although nothing seems to change', () => {
    const found = changes(
      { disk: [{ size: null }] },
      { disk: [{ size: '' }] },
      { replacePaths: [['disk', 0, 'size']] },
    );
    expect(found).toEqual([{ path: 'disk.size', change: 'changed', before: 'null', after: '""', forces: true }]);
  });

  it('maps the index of a replacement path onto the element', () => {
    const disk = (name: string, size: number) => ({ device_name: name, size });
    const found = changes(
      { disk: [disk('sda', 10), disk('sdb', 20)] },
      { disk: [disk('sda', 10), disk('sdb', 30)] },
      { replacePaths: [['disk', 1, 'size']] },
    );
    expect(found).toEqual([{ path: 'disk[sdb].size', change: 'changed', before: '20', after: '30', forces: true }]);
  });

  it('is folded away where only the provider knows it, unless it forces something', () => {
    const before = { id: 'i-1', etag: 'x', ip: '10.0.0.1' };
    const unknown = { id: true, etag: true, ip: true };
    const references = referencesOf({ ip: { references: ['aws_eip.main.public_ip', 'aws_eip.main'] } });
    const from = 'known after apply, from aws_eip.main.public_ip';
    expect(changes(before, {}, { afterUnknown: unknown, references })).toEqual([
      { path: 'ip', change: 'changed', before: '10.0.0.1', unknown: from },
    ]);
    expect(changes(before, {}, { afterUnknown: { id: true }, references, replacePaths: [['id']] })[0]).toEqual({
      path: 'id', change: 'changed', before: 'i-1', unknown: 'known after apply', forces: true,
    }); // prettier-ignore
  });

  it('names what an unknown value of a block comes from', () => {
    const references = referencesOf({
      network_interface: [
        { subnetwork: { references: ['google_compute_subnetwork.a.id', 'google_compute_subnetwork.a'] } },
      ],
    });
    const before = { network_interface: [{ subnetwork: 'old', ip: '10.0.0.1' }] };
    const after = { network_interface: [{}] };
    const afterUnknown = { network_interface: [{ subnetwork: true, ip: true }] };
    expect(changes(before, after, { afterUnknown, references })).toEqual([
      {
        path: 'network_interface.subnetwork',
        change: 'changed',
        before: 'old',
        unknown: 'known after apply, from google_compute_subnetwork.a.id',
      },
    ]);
  });

  it('tells a number from a text, and texts that look alike', () => {
    expect(changes({ a: 5 }, { a: '5' })[0]).toMatchObject({ before: '5', after: '"5"' });
    expect(changes({ a: 'x y' }, { a: 'x\u00a0y' })[0]).toMatchObject({ before: '"x y"', after: '"x<U+00A0>y"' });
    expect(changes({ a: 'safe' }, { a: 'sa\u200bfe' })[0]).toMatchObject({ before: 'safe', after: 'sa<U+200B>fe' });
  });

  it('shortens long values around the difference', () => {
    const [change] = changes({ a: `${'x'.repeat(5000)}1` }, { a: `${'x'.repeat(5000)}2` });
    expect(change?.before).toMatch(/^…x{40}1$/);
    expect(change?.after).toMatch(/^…x{40}2$/);
  });

  it('shows a text of several lines as a diff', () => {
    const [change] = changes({ policy: 'a\nb\nc\n' }, { policy: 'a\nB\nc\n' });
    expect(change).toEqual({
      path: 'policy',
      change: 'changed',
      files: [{ file: 'policy', change: 'changed', diff: '@@ -1,3 +1,3 @@\n a\n-b\n+B\n c' }],
    });
  });

  it('folds a long diff and counts the rest', () => {
    const lines = (word: string) => Array.from({ length: 200 }, (_, index) => `${word} ${index}\n`).join('');
    const [change] = changes({ text: lines('a') }, { text: lines('b') });
    expect(change?.files?.[0]?.diff).toMatch(/\n… 341 more lines$/);
  });

  it('compares JSON in texts by meaning', () => {
    const policy = (actions: string[]) =>
      JSON.stringify({ Statement: [{ Sid: 'read', Action: actions, Effect: 'Allow' }] });
    const spaced = JSON.stringify(JSON.parse(policy(['a', 'b'])), undefined, 4);
    expect(changes({ policy: policy(['a', 'b']) }, { policy: spaced })).toEqual([]);
    expect(changes({ policy: policy(['a']) }, { policy: policy(['a', 'b']) })).toEqual([
      { path: 'policy.Statement.Action[b]', change: 'added', after: 'b' },
    ]);
  });

  it('says that only the sensitivity changes', () => {
    const found = changes({ name: 'live' }, { name: 'live' }, { beforeSensitive: {}, afterSensitive: { name: true } });
    expect(found).toEqual([{ path: 'name', change: 'sensitivity', before: 'not sensitive', after: 'sensitive' }]);
  });

  it('counts the changes beyond the hundredth', () => {
    const many = (value: number) => Object.fromEntries(Array.from({ length: 150 }, (_, index) => [`k${index}`, value]));
    const found = changes(many(1), many(2));
    expect(found).toHaveLength(101);
    expect(found.at(-1)).toEqual({ path: '…', change: 'changed', after: '50 more changes' });
  });
});

describe('A secret that changes', () => {
  it('is said to have another value, and nothing more', () => {
    const marks = { beforeSensitive: { key: true }, afterSensitive: { key: true } };
    expect(changes({ key: 'old-one' }, { key: 'new-one' }, marks)).toEqual([
      { path: 'key', change: 'changed', before: '(sensitive)', after: '(sensitive, another value)' },
    ]);
  });

  it('within a text leaves the rest of the text', () => {
    const url = (secret: string) => `amqp://app:${secret}@queue.example.com/live`;
    expect(changes({ url: url('former1') }, { url: url('later22') })[0]).toMatchObject({
      before: 'amqp://app:(sensitive)@queue.example.com/live',
      after: 'amqp://app:(sensitive, another value)@queue.example.com/live',
    });
  });
});
