import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { Cloud } from '../../../scripts/sandbox/cloud';
import { changeObject, grant, listObjects, removeObject, withhold } from '../../../scripts/sandbox/control';
import { withLock } from '../../../scripts/sandbox/lock';
import type { CloudObject } from '../../../scripts/sandbox/objects';

const object = (id: string, more: Partial<CloudObject> = {}): CloudObject => ({
  ...{
    key: `thing||${id}`,
    type: 'thing',
    world: '',
    id,
    scope: {},
    attributes: { id, size: 1 },
    identity: id,
    generation: 0,
  },
  ...{ owner: 'stack', session: '', isKnown: false, origin: 'terraform', claims: [], holds: [], uses: {} },
  ...more,
});

describe("the cloud's file", () => {
  let folder: string;
  let file: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'watari-test-'));
    file = join(folder, 'cloud.jsonl');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const put = (cloud: Cloud, ...objects: readonly CloudObject[]): void => {
    cloud.transact(() => ({ result: undefined, entry: { put: objects } }));
  };
  const ids = (cloud: Cloud): readonly string[] => listObjects(cloud).map(({ id }) => id);

  it('holds what was put there for whoever opens it next', () => {
    put(new Cloud(file), object('a'), object('b'));
    expect(ids(new Cloud(file))).toEqual(['a', 'b']);
  });

  it('hides what is withheld, and has it again when it is granted', () => {
    const cloud = new Cloud(file);
    put(cloud, object('a', { origin: 'seed', prerequisites: ['images', 'image:edge'] }), object('b'));
    const seen = (): unknown[] => [cloud.objects.get('thing||a')?.id, cloud.objects.ofType('thing').length];
    withhold(cloud, 'image:edge');
    expect(seen()).toEqual([undefined, 1]);
    expect(cloud.objects.kept()).toHaveLength(2);
    grant(cloud, 'image:edge');
    expect(seen()).toEqual(['a', 2]);
  });

  it('shows each process what the others did', () => {
    const [one, two] = [new Cloud(file), new Cloud(file)];
    put(one, object('a'));
    put(two, object('b'));
    expect([ids(one), ids(two)]).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ]);
  });

  it('finds objects in the same order and by their texts, however much changed since it was last asked', () => {
    const cloud = new Cloud(file);
    const found = (): unknown => [
      cloud.objects.ofType('thing').map(({ id }) => id),
      cloud.objects.byText('thing', 'size', '1').map(({ id }) => id),
      cloud.objects.byText('thing', 'size', '2').map(({ id }) => id),
    ];
    put(cloud, object('c'), object('a'));
    expect(found()).toEqual([['a', 'c'], ['a', 'c'], []]);
    put(cloud, object('b'), object('d', { attributes: { id: 'd', size: 2 } }));
    expect(found()).toEqual([['a', 'b', 'c', 'd'], ['a', 'b', 'c'], ['d']]);
    put(cloud, object('a', { attributes: { id: 'a', size: 2 } }));
    cloud.transact(() => ({ result: undefined, entry: { drop: ['thing||b'] } }));
    expect(found()).toEqual([['a', 'c', 'd'], ['c'], ['a', 'd']]);
  });

  it('shows what was done together to others at its end, and to itself at once', async () => {
    const [one, two] = [new Cloud(file), new Cloud(file)];
    await one.together(async () => {
      put(one, object('a'));
      await Promise.resolve();
      put(one, object('b'));
      expect([ids(one), ids(two)]).toEqual([['a', 'b'], []]);
    });
    expect(ids(two)).toEqual(['a', 'b']);
  });

  it('keeps what was done together before it failed', async () => {
    const cloud = new Cloud(file);
    const failing = cloud.together(() => {
      put(cloud, object('a'));
      return Promise.reject(new Error('half way'));
    });
    await expect(failing).rejects.toThrow('half way');
    expect(ids(new Cloud(file))).toEqual(['a']);
  });

  it('refuses what was done together when somebody else has changed the cloud meanwhile', async () => {
    const [one, two] = [new Cloud(file), new Cloud(file)];
    const both = one.together(() => {
      put(one, object('a'));
      put(two, object('a'));
      return Promise.resolve();
    });
    await expect(both).rejects.toThrow('was changed by another process: begin again with a cloud of its own');
  });

  it('forgets a line that a kill has cut off, and nothing else', () => {
    put(new Cloud(file), object('a'));
    appendFileSync(file, '{"put":[{"key":"thing||b","ty');
    const cloud = new Cloud(file);
    expect(ids(cloud)).toEqual(['a']);
    put(cloud, object('c'));
    expect(ids(new Cloud(file))).toEqual(['a', 'c']);
  });

  it('stays small when much is made and removed', () => {
    const cloud = new Cloud(file);
    for (let round = 0; round < 1500; round++) {
      put(cloud, object('a', { generation: round }));
      removeObject(cloud, 'thing', 'a');
    }
    put(cloud, object('b'));
    const other = new Cloud(file);
    expect(ids(other)).toEqual(['b']);
    expect(readFileSync(file, 'utf8').split('\n').length).toBeLessThan(10);
    put(cloud, object('c'));
    expect(ids(other)).toEqual(['b', 'c']);
  });

  it('is not touched when it comes from a newer version', () => {
    writeFileSync(file, '{"cloud":99}\n');
    expect(() => new Cloud(file)).toThrow('newer version (99, this one knows 1): update Watari, or name another file');
  });

  it('is free at once when its lock belongs to a process that was killed', () => {
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    writeFileSync(`${file}.lock`, String(pid));
    const start = Date.now();
    expect(withLock(`${file}.lock`, () => 'done')).toBe('done');
    expect(Date.now() - start).toBeLessThan(1000);
  });

  it('names objects in a message as the list does, and counts the rest', () => {
    const cloud = new Cloud(file);
    const many = Array.from({ length: 12 }, (_, index) => `${10 + index}`);
    put(cloud, ...many.map((id) => ({ ...object(id), attributes: { id, name: `machine-${id}` } })));
    expect(() => removeObject(cloud, 'thing', 'c')).toThrow(/there are machine-10, machine-11, .* and 2 more$/);
  });

  it('says what there is when a command names an object that is not there', () => {
    const cloud = new Cloud(file);
    put(cloud, object('a'), object('b'));
    expect(() => removeObject(cloud, 'thing', 'c')).toThrow(
      'there is no thing "c" in the simulated cloud: there are a, b',
    );
    expect(() => changeObject(cloud, 'thing', 'a', { colour: 'red' })).toThrow(
      'has no attribute colour: it has id, size',
    );
  });
});
