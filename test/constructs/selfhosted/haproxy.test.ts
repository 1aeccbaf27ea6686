import { networkInterfaces } from 'node:os';
import { userDataBytes, renderCloudInit } from '../../../constructs/cloud-init';
import { balancerConfiguration, type BalancerMachineInput } from '../../../constructs/selfhosted/haproxy';
import { check, machineFiles, testBase } from '../../support/machine-files';
import { describeWith, requirement } from '../../support/requirements';

const slots = Array.from({ length: 16 }, (_, index) => index + 1);

const pair = (change: Partial<BalancerMachineInput> = {}): BalancerMachineInput => ({
  base: testBase(),
  mode: 'active-standby',
  failback: 'hold',
  idleSeconds: 3600,
  clients: ['0.0.0.0/0'],
  services: slots.map((slot) => ({
    name: `s${slot}`,
    bindAddress: `10.65.1.${100 + slot}`,
    bindPort: 1935,
    healthCheck: { protocol: 'http', port: 8080, path: '/health', intervalSeconds: 2, fall: 2, rise: 2 },
    members: ['a', 'b'].map((half, index) => ({
      name: `s${slot}-${half}`,
      address: `10.65.2.${slot * 2 + index}`,
      port: 1935,
    })),
  })),
  vrrp: {
    address: '10.65.1.5',
    peerAddress: '10.65.1.6',
    routerId: 7,
    virtualAddresses: slots.map((slot) => `10.65.1.${100 + slot}`),
  },
  ...change,
});

const haproxy = (change: Partial<BalancerMachineInput> = {}): string =>
  machineFiles(balancerConfiguration(pair(change)))['/etc/haproxy/haproxy.cfg'] ?? '';

describe('a pair of balancers', () => {
  it('sends to the second member only when the first is out', () => {
    expect(haproxy()).toContain('server s3-a 10.65.2.6:1935 check\n');
    expect(haproxy()).toContain('server s3-b 10.65.2.7:1935 check backup\n');
  });

  it('cuts the sessions of a dead active member, so that publishers come back together', () => {
    expect(haproxy()).toContain('on-marked-down shutdown-sessions');
  });

  it('cuts the sessions of the standby at a return only where the topology says so', () => {
    expect(haproxy()).not.toContain('shutdown-backup-sessions');
    expect(haproxy({ failback: 'drop' })).toContain(
      'server s3-a 10.65.2.6:1935 check on-marked-up shutdown-backup-sessions\n',
    );
  });

  it('lets a balanced member that drains keep its sessions', () => {
    const text = haproxy({ mode: 'balanced' });
    expect(text).toContain('balance leastconn');
    expect(text).not.toMatch(/backup|shutdown-sessions/);
  });

  it('has the same rules on both machines', () => {
    expect(haproxy({ base: testBase({ hostname: 'other', half: 'b' }) })).toBe(haproxy());
  });

  it('holds sixteen shards in 16 KiB of user data', () => {
    expect(userDataBytes(renderCloudInit(balancerConfiguration(pair())))).toBeLessThan(16 * 1024);
  });

  it('opens its listeners to clients, and VRRP to the other machine alone', () => {
    const { firewall } = balancerConfiguration(pair());
    expect(firewall).toContainEqual({ protocol: 'tcp', ports: [1935], from: ['0.0.0.0/0'], why: 'listeners' });
    expect(firewall.find(({ protocol }) => protocol === 'vrrp')?.from).toEqual(['10.65.1.6/32']);
  });

  it('runs without floating addresses where a network cannot move them', () => {
    expect(Object.keys(machineFiles(balancerConfiguration(pair({ vrrp: undefined }))))).not.toContain(
      '/etc/watari/keepalived.conf',
    );
  });
});

describe('floating addresses', () => {
  const files = (half: 'a' | 'b') => machineFiles(balancerConfiguration(pair({ base: testBase({ half }) })));

  it('move only when their holder fails', () => {
    expect(files('a')['/etc/watari/keepalived.conf']).toContain('nopreempt');
    expect(files('a')['/etc/watari/keepalived.conf']).toContain('priority 150');
    expect(files('b')['/etc/watari/keepalived.conf']).toContain('priority 100');
  });

  it('are put on the interface that has the planned address, whatever its name', () => {
    expect(files('a')['/usr/local/lib/watari/vrrp']).toContain('floating=$(interface 10.65.1.5)');
  });

  it('are put beside another address of the machine where they belong to another network', () => {
    const input = pair();
    const vrrp = input.vrrp && { ...input.vrrp, floatingBeside: '203.0.113.4' };
    const script = machineFiles(balancerConfiguration({ ...input, vrrp }))['/usr/local/lib/watari/vrrp'];
    expect(script).toContain('own=$(interface 10.65.1.5)');
    expect(script).toContain('floating=$(interface 203.0.113.4)');
  });
});

describeWith(requirement('haproxy'), 'HAProxy', () => {
  it.each(['active-standby', 'balanced'] as const)('accepts %s rules', (mode) => {
    const result = check('haproxy', ['-c', '-f', '{}/haproxy.cfg'], { 'haproxy.cfg': haproxy({ mode }) });
    expect(result).toMatchObject({ ok: true });
    expect(result.output).not.toMatch(/WARNING|ALERT/);
  });
});

/** keepalived refuses names of interfaces that do not exist, and the loopback. */
function anInterface(): string {
  return Object.keys(networkInterfaces()).find((name) => name !== 'lo') ?? 'eth0';
}

describeWith(requirement('keepalived'), 'keepalived', () => {
  it('accepts the configuration once the interface has its name', () => {
    const template = machineFiles(balancerConfiguration(pair()))['/etc/watari/keepalived.conf'] ?? '';
    const content = template.replaceAll(/@(interface|floating)@/g, anInterface());
    const result = check('keepalived', ['-t', '-f', '{}/keepalived.conf'], { 'keepalived.conf': content });
    expect(result).toMatchObject({ ok: true });
  });
});
