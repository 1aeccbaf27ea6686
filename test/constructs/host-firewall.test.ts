import { renderHostFirewall } from '../../constructs/host-firewall';
import { check } from '../support/machine-files';
import { describeWith, requirement } from '../support/requirements';

const text = renderHostFirewall([
  { protocol: 'tcp', ports: [8080, 22], from: ['10.64.0.0/10', '10.65.1.0/24', '35.191.0.0/16'], why: 'say "x"' },
  { protocol: 'udp', ports: [500, 4500], from: ['203.0.113.1'], why: 'IKE' },
  { protocol: 'esp', from: ['203.0.113.1'], why: 'IPsec' },
  { protocol: 'vrrp', from: ['10.65.1.6/32'], why: 'VRRP' },
  { protocol: 'ospf', from: ['10.65.1.6/32'], why: 'OSPF' },
  { protocol: 'tcp', ports: [1935], from: ['0.0.0.0/0', '10.0.0.0/8'], why: 'viewers' },
]);

describe("a host's firewall", () => {
  it('drops what no rule names', () => {
    expect(text).toContain('policy drop;');
  });

  it('leaves out a prefix that lies in another, which nftables would refuse', () => {
    expect(text).toContain('ip saddr { 10.64.0.0/10, 35.191.0.0/16 } tcp dport { 8080, 22 } accept comment "say  x "');
  });

  it('asks for no source where everybody may come', () => {
    expect(text).toContain('    tcp dport { 1935 } accept comment "viewers"');
  });
});

describeWith(requirement('nftables'), 'nftables', () => {
  it('accepts the rules', () => {
    const rules = text.replace('/etc/nftables.d', '{}/nftables.d');
    const result = check('nft', ['-c', '-f', '{}/nftables.conf'], { 'nftables.conf': rules });
    expect(result).toEqual({ ok: true, output: '' });
  });
});
