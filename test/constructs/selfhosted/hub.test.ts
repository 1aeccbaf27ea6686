import { hubConfiguration, type HubInput } from '../../../constructs/selfhosted/hub';
import { check, machineFiles, testBase } from '../../support/machine-files';
import { describeWith, requirement } from '../../support/requirements';

const hub = (change: Partial<HubInput> = {}) =>
  machineFiles(
    hubConfiguration({
      base: testBase(),
      asn: 64_601,
      vrrp: { address: '10.65.0.5', peerAddress: '10.65.0.6', routerId: 9, virtualAddresses: ['10.65.0.200'] },
      transitCidr: '10.65.0.0/22',
      supernet: '10.64.0.0/10',
      prefixes: ['10.65.0.0/16'],
      egress: true,
      ...change,
    }),
  );

describe('the hub of a site', () => {
  it('takes sessions from the whole transit range, so that a further link changes nothing here', () => {
    expect(hub()['/etc/frr/frr.conf']).toContain(' bgp listen range 10.65.0.0/22 peer-group links\n');
    expect(hub()['/etc/frr/frr.conf']).toContain('neighbor links route-reflector-client');
  });

  it('translates what leaves the platform and nothing else', () => {
    expect(hub()['/etc/nftables.d/egress.nft']).toContain('ip daddr != { 10.64.0.0/10,');
    expect(Object.keys(hub({ egress: false }))).not.toContain('/etc/nftables.d/egress.nft');
  });

  it('lets nothing in from outside but answers', () => {
    expect(hub()['/etc/nftables.d/egress.nft']).toContain('ip saddr != 10.64.0.0/10 drop');
  });

  it('forwards, and takes traffic whose way back is another', () => {
    expect(hub()['/etc/sysctl.d/90-watari.conf']).toContain('net.ipv4.ip_forward = 1');
    expect(hub()['/etc/sysctl.d/90-watari.conf']).toContain('net.ipv4.conf.all.rp_filter = 0');
  });
});

describeWith(requirement('frr'), 'FRR', () => {
  it('accepts the configuration of a hub', () => {
    const result = check('vtysh', ['-C', '-f', '{}/frr.conf'], { 'frr.conf': hub()['/etc/frr/frr.conf'] ?? '' });
    expect(result).toEqual({ ok: true, output: '' });
  });
});

describe("a router's health", () => {
  it('hangs on the processes that route', () => {
    expect(hub()['/usr/local/lib/watari/health']).toContain('WANTED = set(["bgpd","zebra","keepalived"])');
  });
});

describeWith(requirement('nftables'), 'nftables', () => {
  it('accepts the translation', () => {
    const rules = hub()['/etc/nftables.d/egress.nft'] ?? '';
    expect(check('nft', ['-c', '-f', '{}/x.nft'], { 'x.nft': rules })).toEqual({ ok: true, output: '' });
  });
});
