import type { TerraformStack } from 'cdktf';
import { emitted, stackOf, synthesised } from './emitted';
import { adapter, tokyo } from './fixture';

let stack: TerraformStack;
const site = tokyo();

beforeAll(() => {
  stack = stackOf(site);
  adapter.access(stack, 'access', site, adapter.network(stack, site));
});

describe('the network of a site on AWS', () => {
  it('has a subnet for each tier and zone, placed by zone id', () => {
    const subnets = emitted(stack, 'aws_subnet');
    expect(subnets['subnet-origin-a']).toMatchObject({
      cidr_block: '10.68.32.0/22',
      availability_zone_id: 'apne1-az4',
      map_public_ip_on_launch: false,
    });
    expect(subnets['subnet-origin-b']).toMatchObject({
      cidr_block: '10.68.36.0/22',
      availability_zone_id: 'apne1-az1',
    });
    expect(subnets['subnet-edge-c']).toMatchObject({ availability_zone_id: 'apne1-az2' });
    expect(Object.keys(subnets)).toHaveLength(21);
  });

  it('keeps its own subnets for attachments, balancers and what is public in the shared quarters of tiers', () => {
    const subnets = emitted(stack, 'aws_subnet');
    expect(subnets['subnet-attachment-a']).toMatchObject({ cidr_block: '10.68.12.0/24' });
    expect(subnets['subnet-virtual-b']).toMatchObject({ cidr_block: '10.68.29.0/24' });
    expect(subnets['subnet-public-c']).toMatchObject({ cidr_block: '10.68.62.0/24' });
  });

  it('sends what leaves a zone through the NAT gateway of that zone', () => {
    const routes = emitted(stack, 'aws_route');
    expect(routes['route-private-b-default']).toMatchObject({
      destination_cidr_block: '0.0.0.0/0',
      nat_gateway_id: '${aws_nat_gateway.nat-b.id}',
    });
    expect(routes['route-public-default']).toMatchObject({ gateway_id: '${aws_internet_gateway.internet-gateway.id}' });
    const associations = emitted(stack, 'aws_route_table_association');
    expect(associations['table-subnet-edge-b']).toMatchObject({
      route_table_id: '${aws_route_table.table-private-b.id}',
    });
    expect(associations['table-subnet-transit-b']).toMatchObject({
      route_table_id: '${aws_route_table.table-public.id}',
    });
  });

  it('reaches the other sites over the transit gateway, from every table and once it is attached', () => {
    const platform = Object.values(emitted(stack, 'aws_route')).filter((route) => route['transit_gateway_id']);
    expect(platform).toHaveLength(4);
    for (const route of platform) {
      expect(route).toMatchObject({
        destination_cidr_block: '10.64.0.0/10',
        depends_on: ['aws_ec2_transit_gateway_vpc_attachment.transit-attachment'],
      });
    }
  });

  it('gives the hub the number of the site and no default tables, so that no link meets another there', () => {
    expect(emitted(stack, 'aws_ec2_transit_gateway')['transit-gateway']).toMatchObject({
      amazon_side_asn: 64516,
      default_route_table_association: 'disable',
      default_route_table_propagation: 'disable',
    });
    expect(emitted(stack, 'aws_ec2_transit_gateway_route_table_propagation')['transit-propagation']).toMatchObject({
      transit_gateway_route_table_id: '${aws_ec2_transit_gateway_route_table.transit-table-links.id}',
    });
  });

  it('keeps the addresses of fixed edges free of the ones that AWS chooses', () => {
    expect(emitted(stack, 'aws_ec2_subnet_cidr_reservation')['planned-edge-a']).toMatchObject({
      cidr_block: '10.68.48.0/24',
      reservation_type: 'explicit',
    });
  });

  it('lets only the platform in, one resource for each rule', () => {
    const rules = emitted(stack, 'aws_vpc_security_group_ingress_rule');
    expect(rules['security-group-origin-platform']).toMatchObject({ ip_protocol: '-1', cidr_ipv4: '10.64.0.0/10' });
    const open = Object.entries(rules).filter(
      ([, rule]) => rule['cidr_ipv4'] === '0.0.0.0/0' && rule['ip_protocol'] !== 'icmp',
    );
    expect(open.map(([name]) => name)).toEqual([
      'security-group-transit-esp',
      'security-group-transit-ike',
      'security-group-transit-nat-t',
    ]);
  });

  it('labels everything through the provider and names no version that only one side of the range knows', () => {
    const { provider, terraform } = synthesised(stack);
    expect(provider['aws']).toEqual([{ default_tags: [{ tags: site.labels }], region: 'ap-northeast-1' }]);
    expect(terraform.required_providers['aws']).toEqual({ source: 'aws', version: '>= 5.100, < 7' });
    expect(JSON.stringify(synthesised(stack))).not.toContain('skip_');
  });

  it('returns the handles that it announces', () => {
    const other = stackOf(site);
    expect(Object.keys(adapter.network(other, site)).sort()).toEqual([...adapter.networkHandles()].sort());
  });
});

describe('access to machines on AWS', () => {
  it('goes through Systems Manager, or by SSH from the networks of the operators', () => {
    expect(emitted(stack, 'aws_iam_role_policy_attachment')['access-session-manager']).toMatchObject({
      policy_arn: 'arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore',
    });
    expect(emitted(stack, 'aws_vpc_security_group_ingress_rule')['access-edge-ssh-10-250-0-0-24']).toMatchObject({
      cidr_ipv4: '10.250.0.0/24',
      from_port: 22,
      to_port: 22,
    });
  });

  it('lets a leaving machine say that it is empty, and nothing else', () => {
    const policy = JSON.parse(String(emitted(stack, 'aws_iam_role_policy')['machine-drain']?.['policy'])) as {
      Statement: { Action: string[]; Resource: string }[];
    };
    expect(policy.Statement).toEqual([
      {
        Effect: 'Allow',
        Action: ['autoscaling:CompleteLifecycleAction', 'autoscaling:RecordLifecycleActionHeartbeat'],
        Resource: 'arn:aws:autoscaling:ap-northeast-1:*:autoScalingGroup:*:autoScalingGroupName/reference-aws-*',
      },
    ]);
  });
});

describe('two sites on AWS in one stack', () => {
  it('have a provider block each, and resources that name theirs', () => {
    const osaka = tokyo({
      id: 'osaka',
      settings: { region: 'ap-northeast-3', zones: ['apne3-az3', 'apne3-az1', 'apne3-az2'] },
    });
    const both = stackOf(site);
    adapter.configure(both, osaka);
    adapter.network(both, osaka);
    expect(synthesised(both).provider['aws']).toMatchObject([
      { region: 'ap-northeast-1' },
      { region: 'ap-northeast-3', alias: 'osaka' },
    ]);
    expect(emitted(both, 'aws_vpc')['vpc']).toMatchObject({ provider: 'aws.osaka' });
  });
});
