import { readStacks } from '../../../../scripts/review/engine/stack-files';
import { placeOf } from '../../../../scripts/review/analysis/place';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesize } from '../../../../stacks/main';
import { platformOf } from '../../../support/topologies';
import { describedReference } from '../plan-examples';

const platform = describedReference();
const place = (stack: string, path?: string, provider?: string) => {
  const found = platform.stacks.find(({ id }) => id === stack);
  if (!found) throw new Error(`no stack ${stack}`);
  return placeOf({ stack: found, path: path && `${stack}/${path}`, provider }, platform);
};

test('an origin is found by its name in the construct path, with shard and half', () => {
  expect(place('cage-live-a', 'machines-live-origin-s3-a')).toEqual({
    ...{ sites: ['cage'], system: 'live', role: 'origin', shard: 's3', half: 'a' },
    machine: 'live-origin-s3-a',
  });
});

test('what stands for a machine in another stack is placed with that machine', () => {
  expect(place('cage-live', 'ingest-s1-live-origin-s1-b')).toMatchObject({ machine: 'live-origin-s1-b', half: 'b' });
});

test('a service of a balancer is placed with its shard, an autoscaled fleet as a whole', () => {
  expect(place('dev-live-dev', 'ingest/s1/rule')).toMatchObject({ role: 'ingest balancer', shard: 's1' });
  expect(place('gcp-live', 'edges/template')).toMatchObject({ machine: 'live-edge', role: 'edge', half: 'all' });
});

test('an end of a link belongs to its site, and a gateway to the site where it stands', () => {
  expect(place('link-aws-idcf', 'end-aws/vpn-0')).toMatchObject({ sites: ['aws'], link: 'aws-idcf' });
  expect(place('link-aws-idcf', 'gateways-idcf/gateway-aws-b/instance')).toMatchObject({
    ...{ sites: ['idcf'], machine: 'gateway-aws-b', half: 'b' },
  });
});

test('a switch of one half is known by its provider', () => {
  expect(place('cage-network', 'vlan-a-edge', 'junos.cage-a')).toMatchObject({
    sites: ['cage'],
    half: 'a',
    role: 'network',
  });
});

test('without a construct path the stack alone is known', () => {
  expect(place('aws-network')).toEqual({ sites: ['aws'], role: 'network' });
});

test('every machine of the reference has resources that are placed with it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'watari-place-'));
  try {
    synthesize(platformOf(), join(folder, 'out'));
    const placed = new Set<string>();
    for (const [id, { paths, providers }] of readStacks(join(folder, 'out'))) {
      const stack = platform.stacks.find((one) => one.id === id)!;
      for (const [address, path] of paths) {
        const { sites, machine } = placeOf({ stack, path, provider: providers.get(address) }, platform);
        for (const site of sites) placed.add(`${site}/${machine}`);
      }
    }
    const missing = platform.machines.filter(({ site, name }) => !placed.has(`${site}/${name}`));
    expect(missing.map(({ site, name }) => `${site}/${name}`)).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
