import { metal } from '../../../../constructs/providers/metal';
import { describeProblem } from '../../../../constructs/contract/problem';
import type { MetalSettings, MetalSite } from '../../../../constructs/providers/metal/settings';
import { publicBlock, settings, site } from './fixture';

const { bigip, software } = metal.profiles;
const problems = (changes: Partial<MetalSettings>, more: Partial<MetalSite> = {}): string[] =>
  bigip.check(site(changes, more)).map(describeProblem);
const withModel = (model: string) => ({ switches: { ...settings.switches, b: { ...settings.switches.b, model } } });

describe('what a site on own hardware is checked for', () => {
  it('finds nothing wrong with a good one', () => {
    expect(problems({})).toEqual([]);
    expect(software.check(site({ balancers: undefined }, { profile: 'software' }))).toEqual([]);
  });

  it('refuses address translation on a switch', () => {
    expect(problems({ nat: 'switches' })[0]).toBe(
      'settings.nat: switch a is a qfx5120, which cannot do nat (found "switches"). Write `routers` (the default): the self-hosted router pair does it.',
    );
  });

  it('refuses IPsec on a switch', () => {
    expect(problems({ ipsec: 'switches' })).toHaveLength(2);
    expect(problems({ ipsec: 'switches' })[1]).toContain('switch b is a qfx5120, which cannot do ipsec');
  });

  it('refuses a model without BGP and names those that have it', () => {
    expect(problems(withModel('ex2300'))[0]).toMatch(/settings\.switches\.b\.model: this model cannot do bgp.*ex4400/);
  });

  it('refuses a port that is listed twice', () => {
    const a = { ...settings.switches.a, circuits: { 'xe-0/0/0': { to: 'carrier' } } };
    expect(problems({ switches: { ...settings.switches, a } })).toEqual([
      'settings.switches.a: port xe-0/0/0 is listed twice (found "xe-0/0/0"). A port is an access port, a trunk or a circuit port.',
    ]);
  });

  it('refuses two devices with one management address', () => {
    const b = { ...settings.switches.b, address: '192.0.2.11' };
    expect(problems({ switches: { ...settings.switches, b } })[0]).toContain(
      'another device has this management address',
    );
  });

  it('refuses a machine of an unknown type and a pin to an unknown machine', () => {
    expect(
      problems({ machines: { x1: { rack: 'a', type: 'no-such' } }, pinned: { 'live-origin-s1-a': 'x2' } }),
    ).toHaveLength(2);
  });

  it('refuses a public VLAN that is one of the tiers', () => {
    expect(problems({ public: { ...publicBlock, vlan: 102 } })[0]).toContain('this VLAN is the one of tier origin');
  });

  it('refuses a gateway among the addresses that are given away', () => {
    expect(problems({ public: { ...publicBlock, gateway: '203.0.113.9' } })[0]).toContain(
      'the gateway is among the addresses',
    );
  });

  it('refuses the profile bigip without balancers and the profile software with them', () => {
    expect(problems({ balancers: undefined })[0]).toContain('the profile bigip has no balancers');
    expect(software.check(site({}, { profile: 'software' })).map(describeProblem)[0]).toContain(
      'no use for hardware balancers',
    );
  });
});
