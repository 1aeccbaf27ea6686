import { metal } from '../../../../constructs/providers/metal';
import { onboarding } from '../../../../constructs/providers/metal/onboarding';
import { balancers, site, synth } from './fixture';

const { bigip } = metal.profiles;
const declare = (half: 'a' | 'b') => onboarding(site(), balancers, half, { user: 'admin', password: 'secret' }).Common;

describe('the onboarding of a box', () => {
  it('gives each box its own addresses at the end of the shared quarter', () => {
    expect(declare('a')['balancer-self']).toMatchObject({
      address: '10.1.31.251/20',
      trafficGroup: 'traffic-group-local-only',
    });
    expect(declare('b')['balancer-self']).toMatchObject({ address: '10.1.31.250/20' });
  });

  it('lets the other box in on the inside and nobody on the public side', () => {
    expect(declare('a')['balancer-self']).toMatchObject({ allowService: 'default' });
    expect(declare('a')['public-self']).toMatchObject({ allowService: 'none', address: '203.0.113.61/26' });
  });

  it('makes one sync-failover group of both, owned by the primary box', () => {
    expect(declare('b')['failover-group']).toMatchObject({
      type: 'sync-failover',
      members: ['bigip-a.cage.example.net', 'bigip-b.cage.example.net'],
      owner: '/Common/failover-group/members/0',
      autoSync: true,
    });
    expect(declare('b')['trust']).toMatchObject({ remoteHost: '192.0.2.21' });
  });

  it('makes the other box the owner when that one is primary', () => {
    const other = { ...balancers, primary: 'b' as const };
    const { Common } = onboarding(site(), other, 'a', { user: 'admin', password: 'secret' });
    expect(Common['failover-group']).toMatchObject({ owner: '/Common/failover-group/members/1' });
    expect(Common['trust']).toMatchObject({ remoteHost: '192.0.2.22' });
    expect(bigip.devices(site({ balancers: other })).map(({ id }) => id)).toEqual(['bigip-b', 'bigip-a', 'bigip-pair']);
  });

  it('has time, names and the traffic module', () => {
    expect(declare('a')).toMatchObject({
      ntp: { servers: ['ntp.example.net'] },
      dns: { nameServers: ['192.0.2.53'] },
      provisioning: { ltm: 'nominal' },
    });
  });
});

describe('the stacks of the boxes', () => {
  const [boxA, , pair] = bigip.devices(site());
  const build = (device: typeof boxA) =>
    synth((stack) => {
      bigip.configure(stack, site());
      device?.build(stack, {});
    });

  it('are one for each box and one for what both share', () => {
    expect(bigip.devices(site()).map(({ id }) => id)).toEqual(['bigip-a', 'bigip-b', 'bigip-pair']);
  });

  it('carry the password as a sensitive variable, never as text', () => {
    const { resource, variable } = build(boxA);
    expect(variable?.['cage_bigip_password']).toMatchObject({ sensitive: true });
    expect(resource['bigip_do']?.['onboarding']?.['do_json']).toContain('"localPassword" = var.cage_bigip_password');
    expect(resource['bigip_do']?.['onboarding']).toMatchObject({ provider: 'bigip.cage-a' });
  });

  it('ask for a registration key only where the onboarding licenses the box', () => {
    const licensed = site({ balancers: { ...balancers, licence: 'registration-key' } });
    const { variable } = synth((stack) => bigip.devices(licensed)[1]?.build(stack, {}));
    expect(Object.keys(variable ?? {})).toEqual(['cage_bigip_password', 'cage_bigip_b_registration_key']);
  });

  it('write the addresses that move between the boxes through the primary one', () => {
    const selves = build(pair).resource['bigip_net_selfip'];
    expect(selves?.['floating-balancer']).toMatchObject({
      ip: '10.1.31.249/20',
      traffic_group: 'traffic-group-1',
      provider: 'bigip.cage-primary',
    });
    expect(selves?.['floating-public']).toMatchObject({ ip: '203.0.113.59/26' });
  });
});
