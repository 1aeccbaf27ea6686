import { metal } from '../../../../constructs/providers/metal';
import { removeObject, withhold } from '../../../../scripts/sandbox/control';
import type { Fields } from '../../../../scripts/sandbox/values';
import { factsOfAdapter } from '../../../support/provider-facts';
import { type Made, type SimulatedApi, SimulatedClouds } from '../../../support/simulated-api';
import { site } from './fixture';

/** Words of jeremmfr/junos v2.20.0, internal/provider. */
describe('a simulated switch', () => {
  let clouds: SimulatedClouds;
  let api: SimulatedApi;

  function start(at = site()): void {
    clouds = new SimulatedClouds(metal.simulations, factsOfAdapter('metal'), metal.seeds(at, []));
    api = clouds.api('jeremmfr/junos', { ip: '192.0.2.11' });
  }
  beforeEach(() => start());
  afterEach(() => clouds.close());

  const policy = (term: readonly Fields[]): Promise<Made> =>
    api.create('junos_policyoptions_policy_statement', { name: 'p', term });
  const filter = (route: string): Fields => ({ route, option: 'orlonger' });
  const accept = { action: 'accept' };

  it('takes no policy that says something twice, or nothing', async () => {
    const twice = [filter('10.1.0.0/16'), filter('10.1.0.0/16')];
    await expect(policy([{ name: 't', from: { route_filter: twice }, then: accept }])).rejects.toThrow(
      'Duplicate Configuration Error: multiple route_filter blocks with the same',
    );
    const term = { name: 't', then: accept };
    await expect(policy([term, term])).rejects.toThrow('multiple term blocks with the same name "t"');
    await expect(policy([{ name: 't' }])).rejects.toThrow('Missing Configuration Error: term block "t" is empty');
    await expect(policy([{ name: 't', then: {} }])).rejects.toThrow('then block is empty in term block "t"');
    const good = { name: 't', from: { route_filter: [filter('10.1.0.0/16'), filter('10.2.0.0/16')] }, then: accept };
    expect(await policy([good])).toMatchObject({ id: 'p' });
  });

  it('takes no network with host bits, and no empty list', async () => {
    await expect(api.create('junos_static_route', { destination: '10.0.0.1/24' })).rejects.toThrow('network CIDR');
    const empty = { destination: '10.0.0.0/24', next_hop: [] };
    await expect(api.create('junos_static_route', empty)).rejects.toThrow(
      'Invalid Attribute Value: Attribute next_hop list must contain at least 1 elements, got: 0',
    );
    expect(await api.create('junos_static_route', { ...empty, next_hop: ['10.1.0.1'] })).toBeDefined();
  });

  it('has virtual gateways on its own interfaces only', async () => {
    const unit = (name: string): Promise<Made> =>
      api.create('junos_interface_logical', { name, virtual_gateway_accept_data: true });
    await api.create('junos_interface_physical', { name: 'xe-0/0/1' });
    await expect(unit('xe-0/0/1.0')).rejects.toThrow(
      "Conflict Configuration Error: cannot set virtual_gateway_accept_data if interface name doesn't have 'irb.' prefix",
    );
    expect(await unit('irb.100')).toMatchObject({ id: 'irb.100' });
  });

  const vlan = (name: string, vlan_id: string, more: Fields = {}): Promise<Made> =>
    api.create('junos_vlan', { name, vlan_id, ...more });

  it('has each VLAN once, by name and by number', async () => {
    await vlan('edge', '101');
    await expect(vlan('edge', '102')).rejects.toThrow('Duplicate Configuration Error: vlan "edge" already exists');
    await expect(vlan('origin', '101')).rejects.toThrow('vlan-id 101 is already used by vlan "edge"');
  });

  it('keeps what something else names, and names what is not there', async () => {
    await expect(vlan('edge', '101', { l3_interface: 'irb.101' })).rejects.toThrow(
      'Config Commit Error: configuration check-out failed: logical interface "irb.101" referenced but not defined',
    );
    const unit = await api.create('junos_interface_logical', { name: 'irb.101' });
    const own = await vlan('edge', '101', { l3_interface: 'irb.101' });
    await expect(api.destroy(unit)).rejects.toThrow('logical interface "irb.101" is referenced by vlan "edge"');
    await expect(api.create('junos_bgp_neighbor', { ip: '10.1.0.1', group: 'cage-gcp' })).rejects.toThrow(
      'Pre Check Error: bgp group "cage-gcp" doesn\'t exist',
    );
    for (const made of [own, unit]) await api.destroy(made);
  });

  it('tells that something is gone, and makes it again', async () => {
    const made = await vlan('edge', '101');
    removeObject(clouds.cloud, made.type, made.id);
    expect(await api.read(made)).toBeUndefined();
    expect(await vlan('edge', '101')).toMatchObject({ id: made.id });
  });

  it('is another device than its neighbour', async () => {
    await vlan('edge', '101');
    const other = clouds.api('jeremmfr/junos', { ip: '192.0.2.12' });
    expect(await other.create('junos_vlan', { name: 'edge', vlan_id: '101' })).toBeDefined();
  });

  it('lets nobody in whom it does not know', async () => {
    withhold(clouds.cloud, 'junos-netconf-user');
    await expect(vlan('edge', '101')).rejects.toThrow(
      'Start Session Error: starting netconf session: error connecting to 192.0.2.11: ssh: handshake failed',
    );
  });

  const zones = { from: { type: 'zone', value: ['trust'] }, to: { type: 'zone', value: ['untrust'] } };
  const rule = { name: 'all', match: { source_address: ['10.0.0.0/8'] }, then: { type: 'interface' } };
  const translation = (): Promise<Made> =>
    api.create('junos_security_nat_source', { name: 'out', ...zones, rule: [rule] });
  const tunnel = (): Promise<Made> =>
    api.create('junos_security_ipsec_vpn', {
      ...{ name: 'out', bind_interface: 'st0.0', ike: { gateway: 'g', policy: 'p' } },
    });

  it('translates no address and ends no tunnel, unless it is a firewall', async () => {
    const refusal = (what: string): string => `security ${what} "out" not compatible with Junos device "qfx5120"`;
    await expect(translation()).rejects.toThrow(refusal('nat source'));
    await expect(tunnel()).rejects.toThrow(refusal('ipsec vpn'));
    clouds.close();
    const { a } = site().settings.switches;
    start(site({ switches: { ...site().settings.switches, a: { ...a, model: 'srx1500' } } }));
    expect(await translation()).toMatchObject({ id: 'out' });
  });
});
