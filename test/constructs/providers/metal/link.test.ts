import { metal } from '../../../../constructs/providers/metal';
import type { CircuitPath, LinkPath } from '../../../../constructs/contract/link';
import type { MetalSite } from '../../../../constructs/providers/metal/settings';
import { circuits, linkSpec, segment, settings, site, synth } from './fixture';

const { bigip } = metal.profiles;

const build = (path: LinkPath, at: MetalSite = site()) =>
  synth((stack) => {
    bigip.configure(stack, at);
    bigip.link(stack, 'cage-gcp', linkSpec(path, at));
  }).resource;

describe('the end of a circuit', () => {
  it('is a unit of the routed port on the switch of its half, with a session', () => {
    const resources = build(circuits());
    expect(resources['junos_interface_logical']?.['cage-gcp-primary-west']).toMatchObject({
      name: 'xe-0/0/40.1002',
      vlan_id: 1002,
      provider: 'junos.cage-b',
      family_inet: { mtu: 1500, address: [{ cidr_ip: '169.254.61.2/29' }] },
    });
    expect(resources['junos_bgp_neighbor']?.['cage-gcp-primary-a-east']).toMatchObject({
      peer_as: '16550',
      ip: '169.254.60.1',
      local_address: '169.254.60.2',
      provider: 'junos.cage-a',
    });
  });

  it('finds a dead line by BFD', () => {
    expect(build(circuits())['junos_bgp_group']?.['cage-gcp-primary-a-group']).toMatchObject({
      bfd_liveness_detection: { minimum_interval: 300, multiplier: 3 },
    });
  });

  it('takes only what the peer owns, with the preference of the path', () => {
    const policy = build(circuits())['junos_policyoptions_policy_statement']?.['cage-gcp-primary-a-import'];
    expect(policy?.['term']).toEqual([
      {
        name: 'own-prefixes',
        from: { route_filter: [{ route: '10.3.0.0/16', option: 'orlonger' }] },
        then: { action: 'accept', local_preference: { action: 'none', value: 200 } },
      },
      { name: 'nothing-else', then: { action: 'reject' } },
    ]);
  });

  it('prefers the path both ways', () => {
    const term = (path: LinkPath) => {
      const policy = build(path)['junos_policyoptions_policy_statement']?.[`cage-gcp-${path.id}-a-export`];
      return (policy?.['term'] as { then: unknown }[])[0]?.then;
    };
    expect(term(circuits())).toEqual({ action: 'accept', metric: { action: 'none', value: 800 } });
    expect(term({ ...circuits(), id: 'backup', preference: 100 })).toEqual({
      ...{ action: 'accept', metric: { action: 'none', value: 900 }, as_path_prepend: '64513 64513' },
    });
  });

  it('announces the site as one block, and other sites only where it is their transit', () => {
    const announced = (transitPrefixes?: string[]) => {
      const resources = synth((stack) => {
        bigip.configure(stack, site());
        bigip.link(stack, 'cage-gcp', { ...linkSpec(circuits()), transitPrefixes });
      }).resource;
      return JSON.stringify(resources['junos_policyoptions_policy_statement']?.['cage-gcp-primary-a-export']);
    };
    expect(announced()).toContain('"route_filter":[{"option":"exact","route":"10.1.0.0/16"}]');
    expect(announced(['10.2.0.0/20'])).toContain('{"option":"orlonger","route":"10.2.0.0/20"}');
  });

  it('speaks to the number that the peer has on this line', () => {
    const path = circuits() as CircuitPath;
    const own = { ...path, circuits: path.circuits.map((circuit) => ({ ...circuit, peerAsn: 64900 })) };
    expect(build(own)['junos_bgp_neighbor']?.['cage-gcp-primary-a-east']).toMatchObject({ peer_as: '64900' });
  });

  it('is refused with larger packets than its port has', () => {
    expect(() => build({ ...circuits(), mtu: 9100 })).toThrow(
      /circuit east has larger packets than its port \(found 9100\)\. Bound: 9000 bytes/,
    );
  });

  it('is refused on a port that is no routed port of the switch', () => {
    expect(() => build(circuits('xe-0/0/0'))).toThrow(
      'circuit east ends on a port that is no routed port of switch a (found "xe-0/0/0"). Bound: xe-0/0/40.',
    );
  });

  it('is refused with BFD on a model that has none', () => {
    const old = site({ switches: { ...settings.switches, a: { ...settings.switches.a, model: 'ex2300' } } });
    expect(() => build(circuits(), old)).toThrow(/no BFD for BGP \(found "ex2300"\)\. Write `bfd: false`/);
  });
});

describe('the end of a segment', () => {
  it('is a VLAN in which both switches route, on the port of one of them', () => {
    const resources = build(segment('xe-0/0/41'));
    expect(resources['junos_interface_logical']?.['cage-gcp-primary-a-irb']).toMatchObject({
      name: 'irb.3001',
      family_inet: { mtu: 1500, address: [{ cidr_ip: '10.0.0.17/28' }] },
    });
    expect(resources['junos_interface_physical']).toEqual({
      'cage-gcp-primary-b-port': expect.objectContaining({ name: 'xe-0/0/41', trunk: true, provider: 'junos.cage-b' }),
    });
    expect(Object.keys(resources['junos_bgp_neighbor'] ?? {})).toHaveLength(4);
  });

  it('is refused on a port of the site itself', () => {
    expect(() => build(segment('xe-0/0/2'))).toThrow(/port xe-0\/0\/2 of switch b belongs to the site's own network/);
  });
});

describe('the end of a VPN', () => {
  it('is the router pair, so the switches get nothing', () => {
    expect(build({ kind: 'vpn', id: 'backup', preference: 100, mtu: 1390, tunnels: [] })).toBeUndefined();
  });
});
