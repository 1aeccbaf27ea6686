import { metal } from '../../../../constructs/providers/metal';
import type { BalancerSpec } from '../../../../constructs/contract/balancer';
import { balancers, originBalancer, site, synth } from './fixture';

const { bigip } = metal.profiles;

const build = (spec: BalancerSpec) =>
  synth((stack) => {
    bigip.configure(stack, spec.site);
    bigip.balancer(stack, 'origins', spec);
  }).resource;

const command = (spec: BalancerSpec) => build(spec)['bigip_command']?.['origins-sync']?.['commands'];

describe('a balancer on a BIG-IP pair', () => {
  it('is written through the primary box alone', () => {
    const { provider, resource } = synth((stack) => {
      bigip.configure(stack, site());
      bigip.balancer(stack, 'origins', originBalancer());
    });
    expect(provider['bigip']).toEqual([expect.objectContaining({ alias: 'cage-primary', address: '192.0.2.21' })]);
    const users = Object.values(resource).flatMap((byId) => Object.values(byId).map((one) => one['provider']));
    expect(new Set(users)).toEqual(new Set(['bigip.cage-primary']));
  });

  it('follows `primary` to the other box', () => {
    const other = site({ balancers: { ...balancers, primary: 'b' } });
    const { provider } = synth((stack) => bigip.configure(stack, other));
    expect(provider['bigip']).toEqual([expect.objectContaining({ alias: 'cage-primary', address: '192.0.2.22' })]);
  });

  it('sends everybody to half a while one member there is up', () => {
    const { bigip_ltm_pool: pools, bigip_ltm_pool_attachment: members } = build(originBalancer());
    expect(pools?.['origins-s1-pool']).toMatchObject({ minimum_active_members: 1, service_down_action: 'reset' });
    expect(members?.['origins-s1-live-origin-s1-a']).toMatchObject({ node: '10.1.32.5:1935', priority_group: 10 });
    expect(members?.['origins-s1-live-origin-s1-b']).toMatchObject({ node: '10.1.36.5:1935', priority_group: 5 });
  });

  it('lets the preferred member return only by hand, and the other one take over at any time', () => {
    const { bigip_ltm_monitor: monitors, bigip_ltm_pool_attachment: members } = build(originBalancer());
    expect(monitors?.['origins-s1-monitor']).toMatchObject({ manual_resume: 'disabled' });
    expect(monitors?.['origins-s1-monitor-held']).toMatchObject({ manual_resume: 'enabled' });
    expect(members?.['origins-s1-live-origin-s1-a']?.['monitor']).toBe(
      '/Common/reference-cage-live-origins-s1-monitor-held',
    );
    expect(members?.['origins-s1-live-origin-s1-b']).not.toHaveProperty('monitor');
  });

  it('has no member to resume by hand where the topology says `failback: drop`', () => {
    const { bigip_ltm_monitor: monitors } = build(originBalancer({ failback: 'drop' }));
    expect(Object.keys(monitors ?? {})).toEqual(['origins-s1-monitor']);
  });

  it('checks health over HTTP, and waits as many intervals as failures are allowed and one second', () => {
    const monitor = build(originBalancer())['bigip_ltm_monitor']?.['origins-s1-monitor'];
    expect(monitor).toMatchObject({ parent: '/Common/http', interval: 2, timeout: 7, destination: '*:8080' });
    expect(monitor?.['send']).toBe('GET /health HTTP/1.1\\r\\nHost: health\\r\\nConnection: close\\r\\n\\r\\n');
  });

  it('serves the planned public address in the public VLAN only, with automap', () => {
    const resources = build(originBalancer());
    expect(resources['bigip_ltm_virtual_address']?.['origins-s1-address']).toMatchObject({
      name: '/Common/203.0.113.2',
      auto_delete: false,
    });
    expect(resources['bigip_ltm_virtual_server']?.['origins-s1-server']).toMatchObject({
      destination: '203.0.113.2',
      port: 1935,
      vlans: ['/Common/public'],
      vlans_enabled: true,
      source_address_translation: 'automap',
    });
  });

  it('serves an internal service from the shared quarter of the balancer tier', () => {
    const resources = build(originBalancer({ exposure: 'internal' }));
    expect(resources['bigip_ltm_virtual_server']?.['origins-s1-server']).toMatchObject({
      destination: site().plan.shared('balancer', 1),
      vlans: ['/Common/balancer'],
    });
  });

  it('keeps the viewers of an edge that drains', () => {
    const pool = build(originBalancer({ mode: 'balanced' }))['bigip_ltm_pool']?.['origins-s1-pool'];
    expect(pool).toMatchObject({ load_balancing_mode: 'least-connections-member', service_down_action: 'none' });
    expect(pool).not.toHaveProperty('minimum_active_members');
  });

  it('saves and synchronises again when one member changed', () => {
    expect(command(originBalancer({}, '10.1.36.6'))).not.toEqual(command(originBalancer()));
  });

  it('does not save and synchronise again when nothing changed', () => {
    const shuffled = originBalancer();
    const services = shuffled.services.map((service) => ({ ...service, members: [...service.members].reverse() }));
    expect(command({ ...shuffled, services })).toEqual(command(originBalancer()));
    expect(command(originBalancer())).toEqual([
      expect.stringMatching(/^save sys config # objects [0-9a-f]{16}$/),
      expect.stringMatching(/^run cm config-sync to-group failover-group # objects [0-9a-f]{16}$/),
    ]);
  });

  it('refuses a service whose address belongs to a balancer itself', () => {
    const services = originBalancer().services.map((service) => ({ ...service, addressSlot: 60 }));
    expect(() => build(originBalancer({ services }))).toThrow(/belongs to a switch, a balancer/);
  });

  it('refuses a public service on a site without a public block', () => {
    expect(() => build(originBalancer({ site: site({ public: undefined }) }))).toThrow(/no public block.*publicBlock/);
  });
});
