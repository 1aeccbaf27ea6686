import { describe as describePlatform, loadPlatform } from '../../../stacks/main';
import reference from '../../../stacks/topologies/reference';

const described = describePlatform(loadPlatform(reference));

test('what a platform amounts to is plain data: written and read again, it is the same', () => {
  expect(JSON.parse(JSON.stringify(described))).toEqual(described);
  expect(describePlatform(loadPlatform(reference))).toEqual(described);
});

test('a stack says to which site, system and half it belongs', () => {
  const stack = (id: string) => described.stacks.find((one) => one.id === id);
  expect(stack('cage-live-b')).toMatchObject({ kind: 'half', sites: ['cage'], system: 'live', half: 'b' });
  expect(stack('dev-live-dev')).toMatchObject({ kind: 'system', sites: ['dev'], system: 'live-dev' });
  expect(stack('aws-network')).not.toHaveProperty('system');
  expect(stack('link-aws-gcp')?.sites).toEqual(['aws', 'gcp']);
});

test('an origin says its shard, an edge what it serves, a gateway its peer', () => {
  const machine = (site: string, name: string) =>
    described.machines.find((one) => one.site === site && one.name === name);
  expect(machine('cage', 'live-origin-s3-a')).toMatchObject({ shard: 's3', half: 'a', system: 'live' });
  expect(machine('aws', 'live-edge')).toMatchObject({ half: 'all', min: 3, max: 30, servesMbps: 3000 });
  expect(machine('cage', 'gateway-aws-b')).toMatchObject({ peer: 'aws', half: 'b' });
});

test('a balancer says what it is made of', () => {
  const balancer = (site: string, role: string) =>
    described.balancers.find((one) => one.site === site && one.role === role);
  expect(balancer('cage', 'ingest')).toMatchObject({
    kind: 'native',
    members: ['bigip-a', 'bigip-b'],
    shards: ['s1', 's2', 's3', 's4'],
  });
  expect(balancer('idcf', 'viewers')).toMatchObject({ kind: 'pair', members: ['live-viewers-a', 'live-viewers-b'] });
  expect(balancer('aws', 'viewers')).toMatchObject({ kind: 'native', members: [] });
});
