import { probePlans } from '../../../scripts/facts/probe-plans';
import { probeRules } from '../../../scripts/facts/probe-rules';
import type { Complaint, Subject } from '../../../scripts/facts/subject';
import type { BlockFacts } from '../../../scripts/sandbox/facts';
import { equal, isFields, isList, UNKNOWN, valuesAt, type Fields } from '../../../scripts/sandbox/values';

const machine: BlockFacts = {
  attributes: {
    id: { type: 'string', computed: true },
    address: { type: 'string', computed: true, optional: true },
    image: { type: 'string', required: true },
    name: { type: 'string', optional: true },
    name_prefix: { type: 'string', optional: true },
    size: { type: 'number', optional: true },
  },
  block_types: {
    disk: {
      nesting_mode: 'list',
      block: { attributes: { kind: { type: 'string', required: true }, speed: { type: 'number', optional: true } } },
    },
    timeouts: { nesting_mode: 'single', block: { attributes: { create: { type: 'string', optional: true } } } },
  },
};

/** A provider that replaces a machine for another image or another kind of disk, and defaults size and speed. */
const provider: Subject = {
  validate: async (_type, _block, config) => complaintsAbout(config),
  plan: async (_type, _block, prior, config) => ({
    planned: { ...config, id: UNKNOWN, address: UNKNOWN, size: config['size'] ?? 2, disk: withSpeed(config) },
    replaces: prior ? ['image', 'disk.kind'].filter((path) => differ(path, prior, config)) : [],
  }),
  close: () => undefined,
};

function complaintsAbout(config: Fields): Complaint[] {
  const kinds = valuesAt(config, ['disk', 'kind']).filter((kind) => kind !== 'ssd' && kind !== 'hdd');
  const wrong = kinds.map((kind) => ({
    path: 'disk.kind',
    text: `expected disk.0.kind to be one of ["ssd" "hdd"], got ${String(kind)}`,
  }));
  const both = config['name'] && config['name_prefix'];
  return both ? [...wrong, { path: 'name', text: '"name": conflicts with name_prefix' }] : wrong;
}

function withSpeed(config: Fields): Fields[] {
  const disks = isList(config['disk']) ? config['disk'].filter(isFields) : [];
  return disks.map((disk) => ({ ...disk, speed: disk['speed'] ?? 100 }));
}

const differ = (path: string, a: Fields, b: Fields): boolean =>
  !equal([...valuesAt(a, path.split('.'))], [...valuesAt(b, path.split('.'))]);

test('rules are read from what a provider says of bad values, each for its own argument', async () => {
  expect(await probeRules(provider, 'machine', machine)).toEqual({
    'disk.kind': { one_of: ['ssd', 'hdd'] },
    name: { conflicts_with: ['name_prefix'] },
  });
});

test('what replaces a resource and what fills in for an omission are seen in its plans', async () => {
  expect(await probePlans(provider, 'machine', machine, {})).toEqual({
    force_new: ['disk', 'disk.kind', 'image'],
    defaults: { size: 2, 'disk.speed': 100 },
    computed_blocks: [],
    unprobed: [],
  });
});

test('a place for which the provider gives no plan is said to be unobserved', async () => {
  const mute: Subject = { ...provider, plan: async () => undefined };
  const observed = await probePlans(mute, 'machine', machine, {});
  expect(observed.unprobed).toContain('disk.kind');
  expect(observed.force_new).toEqual([]);
});
