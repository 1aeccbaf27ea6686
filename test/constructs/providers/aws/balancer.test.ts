import { emitted, refusalOf, resolved, stackOf } from './emitted';
import { adapter, balancerSpec, networkOf, tokyo } from './fixture';

const build = (change: Parameters<typeof balancerSpec>[0] = {}) => {
  const stack = stackOf();
  return { stack, made: adapter.balancer(stack, 'front', balancerSpec(change)) };
};
const network = networkOf();

describe('a balancer on AWS', () => {
  it('has planned addresses inside, one in the zone of each half', () => {
    const { stack, made } = build();
    expect(made.addresses).toEqual({ s1: ['10.68.28.4', '10.68.29.4'], s2: ['10.68.28.5', '10.68.29.5'] });
    expect(emitted(stack, 'aws_lb')['front_s1']).toMatchObject({
      name: 'reference-aws-live-origin-s1',
      load_balancer_type: 'network',
      internal: true,
      enable_cross_zone_load_balancing: true,
      subnet_mapping: [
        { subnet_id: network['subnet-virtual-a'], private_ipv4_address: '10.68.28.4' },
        { subnet_id: network['subnet-virtual-b'], private_ipv4_address: '10.68.29.4' },
      ],
    });
  });

  it('has elastic addresses outside, which outlive it', () => {
    const { stack, made } = build({ exposure: 'public' });
    expect(Object.keys(emitted(stack, 'aws_eip'))).toEqual([
      'front_s1-address-a',
      'front_s1-address-b',
      'front_s2-address-a',
      'front_s2-address-b',
    ]);
    expect(resolved(stack, made.addresses['s1'])).toEqual([
      expect.stringContaining('aws_eip.front_s1-address-a'),
      expect.stringContaining('aws_eip.front_s1-address-b'),
    ]);
  });

  it('checks its members over HTTP, as often as AWS lets it', () => {
    const { stack } = build();
    expect(emitted(stack, 'aws_lb_target_group')['front_s1-members']).toMatchObject({
      target_type: 'ip',
      protocol: 'TCP',
      port: 10001,
      deregistration_delay: '300',
      health_check: {
        protocol: 'HTTP',
        path: '/health',
        port: '8080',
        matcher: '200',
        interval: 5,
        timeout: 4,
        unhealthy_threshold: 3,
        healthy_threshold: 2,
      },
    });
  });

  it('leaves the connections of a member alone that says it is not ready', () => {
    const { stack } = build();
    expect(emitted(stack, 'aws_lb_target_group')['front_s1-members']).toMatchObject({
      target_health_state: [{ enable_unhealthy_connection_termination: false }],
    });
  });

  it('knows its members by address, so that a machine that is replaced keeps its place', () => {
    const { stack } = build();
    expect(emitted(stack, 'aws_lb_target_group_attachment')['front_s1-member-haproxy-b']).toMatchObject({
      target_id: '10.68.20.5',
      port: 10001,
    });
  });

  it('reaches members at another site in no zone of its own', () => {
    const spec = balancerSpec();
    const [service] = spec.services;
    const member = { name: 'far', half: 'a', address: '10.65.0.9', handles: {} } as const;
    const { stack } = build({ services: service ? [{ ...service, members: [member] }] : [] });
    expect(emitted(stack, 'aws_lb_target_group_attachment')['front_s1-member-far']).toMatchObject({
      availability_zone: 'all',
    });
  });

  it('shows viewers to the members and lets only the balancer send them', () => {
    const { stack } = build({ exposure: 'public' });
    expect(emitted(stack, 'aws_lb_target_group')['front_s1-members']).toMatchObject({ preserve_client_ip: 'true' });
    const rules = emitted(stack, 'aws_vpc_security_group_ingress_rule');
    expect(rules['front_s1-clients-balancer']).toMatchObject({
      security_group_id: network['security-group-balancer'],
      from_port: 10001,
      referenced_security_group_id: expect.stringContaining('aws_security_group.front_s1-security-group'),
    });
    expect(rules['front_s1-security-group-in-1935']).toMatchObject({ cidr_ipv4: '0.0.0.0/0' });
  });

  it('is open to the platform only when it is internal', () => {
    const { stack } = build();
    expect(emitted(stack, 'aws_vpc_security_group_ingress_rule')['front_s1-security-group-in-1935']).toMatchObject({
      cidr_ipv4: '10.64.0.0/10',
    });
  });

  it('has names within 32 characters that stay apart', () => {
    const site = tokyo({ platform: 'a-platform-of-20-chr' });
    const { stack } = build({ site, name: 'live-origin-ingest' });
    const names = Object.values(emitted(stack, 'aws_lb')).map((balancer) => String(balancer['name']));
    expect(names.every((name) => name.length <= 32)).toBe(true);
    expect(new Set(names).size).toBe(2);
  });

  it('refuses an idle time that AWS does not know', () => {
    expect(refusalOf(() => build({ idleSeconds: 7200 }))).toMatch(/idleSeconds.*found 7200.*60 to 6000 seconds/);
  });

  it('refuses a service that has no address left', () => {
    const [service] = balancerSpec().services;
    const services = service ? [{ ...service, addressSlot: 252 }] : [];
    expect(refusalOf(() => build({ services }))).toContain(
      'no address for balancer service 252 (found 252). Bound: slots 1 to 251',
    );
  });
});
