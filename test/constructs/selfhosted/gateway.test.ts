import { renderCloudInit } from '../../../constructs/cloud-init';
import { gatewayConfiguration, type GatewayInput, type GatewayTunnel } from '../../../constructs/selfhosted/gateway';
import { check, machineFiles, parseUserData, testBase } from '../../support/machine-files';
import { describeWith, requirement } from '../../support/requirements';

const tunnel = (number: number): GatewayTunnel => ({
  path: number === 1 ? { id: 'primary', preference: 200, mtu: 1400 } : { id: 'backup', preference: 100, mtu: 1380 },
  peerOutside: `203.0.113.${number}`,
  tunnel: {
    id: `${number === 1 ? 'primary' : 'backup'}-${number}`,
    endpoint: 0,
    peerEndpoint: 0,
    insideCidr: `169.254.20.${number * 4}/30`,
    inside: `169.254.20.${number * 4 + 1}`,
    peerInside: `169.254.20.${number * 4 + 2}`,
    preSharedKey: `\${var.key_${number}}`,
  },
});

const input = (change: Partial<GatewayInput> = {}): GatewayInput => ({
  base: testBase(),
  asn: 64_601,
  address: '10.65.0.11',
  outside: '${aws_eip.outside.public_ip}',
  hubs: ['10.65.0.5', '10.65.0.6'],
  prefixes: ['10.65.0.0/16'],
  transitPrefixes: ['10.66.0.0/16'],
  peer: { site: 'aws', asn: 64_512, prefixes: ['10.67.0.0/16'] },
  tunnels: [tunnel(1), tunnel(2)],
  bfd: false,
  smallestMtu: 1380,
  ...change,
});

const segment = (): GatewayInput =>
  input({
    outside: undefined,
    tunnels: [],
    bfd: true,
    segment: {
      address: '10.99.0.2',
      path: { id: 'primary', preference: 200, mtu: 1500, cidr: '10.99.0.0/24', remote: ['10.99.0.3', '10.99.0.4'] },
    },
  });

const files = (change: GatewayInput = input()) => machineFiles(gatewayConfiguration(change));

describe('a gateway', () => {
  const frr = files()['/etc/frr/frr.conf'] ?? '';

  it('prefers its primary path both ways', () => {
    expect(frr).toContain(
      'route-map primary-in permit 10\n match ip address prefix-list peer\n set local-preference 200',
    );
    expect(frr).toContain(
      'route-map backup-out permit 10\n match ip address prefix-list site\n set metric 900\n set as-path prepend 64601 64601',
    );
  });

  it('announces its own prefixes and those that it carries by declaration, and takes only those of the peer', () => {
    expect(frr).toContain('prefix-list site seq 5 permit 10.65.0.0/16');
    expect(frr).toContain('prefix-list site seq 10 permit 10.66.0.0/16');
    expect(frr.match(/^ {2}network .*$/gm)).toEqual(['  network 10.65.0.0/16']);
    expect(frr).toContain('prefix-list peer seq 5 permit 10.67.0.0/16');
  });

  it('asks for BFD only where the peer speaks it', () => {
    expect(frr).not.toContain('neighbor 169.254.20.6 bfd');
    expect(files(input({ bfd: true }))['/etc/frr/frr.conf']).toContain('neighbor 169.254.20.6 bfd');
  });

  it('clamps TCP to the smallest path', () => {
    expect(files()['/etc/nftables.d/forward.nft']).toContain('maxseg size set 1340');
  });

  it('forwards for its site, those that it carries and the peer, and for nobody else', () => {
    expect(files()['/etc/nftables.d/forward.nft']).toContain(
      'ip saddr != { 10.65.0.0/16, 10.66.0.0/16, 10.67.0.0/16, 169.254.0.0/16 } drop',
    );
  });

  it('numbers an interface after its tunnel, not after its place in a list', () => {
    const alone = files(input({ tunnels: [tunnel(2)] }))['/etc/systemd/system/watari-tunnels.service'];
    expect(alone).toContain('link add xfrm5129 type xfrm dev lo if_id 5129');
    expect(files()['/etc/systemd/system/watari-tunnels.service']).toContain('xfrm5129');
  });

  it('keeps keys and addresses of the deployment as they are, in a file for root alone', () => {
    const written = parseUserData(renderCloudInit(gatewayConfiguration(input()))).write_files;
    const swanctl = written.find(({ path }) => path === '/etc/swanctl/conf.d/watari.conf');
    expect(swanctl?.permissions).toBe('0600');
    expect(swanctl?.content).toContain('secret = "${var.key_1}"');
    expect(swanctl?.content).toContain('id = ${aws_eip.outside.public_ip}');
  });

  it('lets only the peer in for IPsec', () => {
    const { firewall } = gatewayConfiguration(input());
    expect(firewall.find(({ protocol }) => protocol === 'esp')?.from).toEqual(['203.0.113.1', '203.0.113.2']);
  });
});

describe('a gateway on a stretched segment', () => {
  it('speaks BGP with every router of the other end and needs no IPsec', () => {
    const configuration = gatewayConfiguration(segment());
    expect(files(segment())['/etc/frr/frr.conf']).toContain('neighbor 10.99.0.4 remote-as 64512');
    expect(configuration.units.map(({ name }) => name)).not.toContainEqual(expect.stringContaining('strongswan'));
  });

  it('addresses the further interface by itself', () => {
    expect(files(segment())['/etc/systemd/system/watari-segment.service']).toContain('10.99.0.2/24');
  });
});

describeWith(requirement('frr'), 'FRR', () => {
  it.each([
    ['tunnels', input()],
    ['a segment', segment()],
  ])('accepts a gateway with %s', (_, change) => {
    const content = files(change)['/etc/frr/frr.conf'] ?? '';
    expect(check('vtysh', ['-C', '-f', '{}/frr.conf'], { 'frr.conf': content })).toEqual({ ok: true, output: '' });
  });
});

describeWith(requirement('charon'), 'strongSwan', () => {
  it('loads every connection and every key', () => {
    const content = (files()['/etc/swanctl/conf.d/watari.conf'] ?? '')
      .replace(/\$\{aws_eip[^}]*\}/g, '198.51.100.1')
      .replace(/\$\{var[^}]*\}/g, 'Xy.key_1');
    const run =
      'mount --make-rprivate / && mount -t tmpfs none /run && { charon-systemd >/dev/null 2>&1 & } && sleep 1 && ' +
      'swanctl --load-all --noprompt --file {}/swanctl.conf; kill %1';
    const { output } = check('unshare', ['-n', '-m', 'bash', '-mc', run], { 'swanctl.conf': content });
    expect(output).toContain('successfully loaded 2 connections, 0 unloaded');
    expect(output).toContain("loaded ike secret 'ike-backup-2'");
  });
});

describeWith(requirement('nftables'), 'nftables', () => {
  it('accepts what is forwarded', () => {
    const rules = files()['/etc/nftables.d/forward.nft'] ?? '';
    expect(check('nft', ['-c', '-f', '{}/x.nft'], { 'x.nft': rules })).toEqual({ ok: true, output: '' });
  });
});
