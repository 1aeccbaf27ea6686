import { metal } from '../../../../constructs/providers/metal';
import type { Fields } from '../../../../scripts/sandbox/values';
import { factsOfAdapter } from '../../../support/provider-facts';
import { type Made, type SimulatedApi, SimulatedClouds } from '../../../support/simulated-api';
import { site } from './fixture';

/** Words of jeremmfr/junos v2.20.0, internal/provider. */
describe('a simulated switch', () => {
  let clouds: SimulatedClouds;
  let api: SimulatedApi;

  beforeEach(() => {
    clouds = new SimulatedClouds(metal.simulations, factsOfAdapter('metal'), metal.seeds(site()));
    api = clouds.api('jeremmfr/junos', { ip: '192.0.2.11' });
  });
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
});
