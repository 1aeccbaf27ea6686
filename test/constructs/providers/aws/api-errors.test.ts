import { seeds, simulation } from '../../../../constructs/providers/aws/simulation';
import { removeObject, setQuota, withhold } from '../../../../scripts/sandbox/control';
import type { Fields } from '../../../../scripts/sandbox/values';
import { factsOfAdapter } from '../../../support/provider-facts';
import { type Made, type SimulatedApi, SimulatedClouds } from '../../../support/simulated-api';
import { tokyo } from './fixture';
import { imageOf } from '../../../support/images';

/**
 * Codes and messages: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html and the error sections
 * of each operation; what the provider writes before them: hashicorp/aws 5.100.0, internal/service.
 */
const images = seeds(tokyo(), [imageOf('origin')]);

describe('the simulated AWS', () => {
  let clouds: SimulatedClouds;
  let api: SimulatedApi;

  beforeEach(() => {
    clouds = new SimulatedClouds([simulation], factsOfAdapter('aws'), images);
    api = clouds.api('hashicorp/aws', { region: 'ap-northeast-1' });
  });
  afterEach(() => clouds.close());

  const vpc = (): Promise<Made> => api.create('aws_vpc', { cidr_block: '10.0.0.0/16' });
  const subnetOf = ({ id: vpc_id }: Made, cidr_block = '10.0.0.0/24'): Promise<Made> =>
    api.create('aws_subnet', { vpc_id, cidr_block, availability_zone_id: 'apne1-az1' });
  const machineIn = ({ id: subnet_id }: Made, more: Fields = {}): Promise<Made> =>
    api.create('aws_instance', { ami: images[0]?.id ?? '', instance_type: 'c7i.large', subnet_id, ...more });
  const groupIn = ({ id: vpc_id }: Made, name = 'edges'): Promise<Made> =>
    api.create('aws_security_group', { name, vpc_id });
  const targets = ({ id: vpc_id }: Made, name = 'edges'): Promise<Made> =>
    api.create('aws_lb_target_group', { name, port: 1935, protocol: 'TCP', target_type: 'ip', vpc_id });
  const balancerIn = ({ id }: Made, name = 'edges'): Promise<Made> =>
    api.create('aws_lb', { name, load_balancer_type: 'network', subnets: [id] });
  const listen = (balancer: Made, { id }: Made): Promise<Made> =>
    api.create('aws_lb_listener', {
      load_balancer_arn: balancer.id,
      port: 1935,
      protocol: 'TCP',
      default_action: [{ type: 'forward', target_group_arn: id }],
    });
  const role = (name = 'edge'): Promise<Made> => api.create('aws_iam_role', { name, assume_role_policy: '{}' });
  const profile = (name = 'edge'): Promise<Made> => api.create('aws_iam_instance_profile', { name, role: 'edge' });

  it.each([
    ['L-F678F1CE', () => vpc(), 'VpcLimitExceeded: The maximum number of VPCs has been reached.'],
    [
      'L-0263D0A3',
      () => api.create('aws_eip', { domain: 'vpc' }),
      'AddressLimitExceeded: The maximum number of addresses',
    ],
    ['L-A2478D36', () => api.create('aws_ec2_transit_gateway', {}), 'TransitGatewayLimitExceeded'],
  ])('has no more than quota %s allows', async (quota, make, words) => {
    setQuota(clouds.cloud, quota, 1);
    await make();
    await expect(make()).rejects.toThrow(words);
  });

  it('starts no more processors than the quota allows', async () => {
    setQuota(clouds.cloud, 'L-1216C47A', 3);
    const subnet = await subnetOf(await vpc());
    await machineIn(subnet);
    await expect(machineIn(subnet)).rejects.toThrow(
      'creating EC2 Instance: operation error EC2: RunInstances, https response error StatusCode: 400',
    );
    await expect(machineIn(subnet)).rejects.toThrow(
      'api error VcpuLimitExceeded: You have requested more vCPU capacity',
    );
  });

  it('gives no name twice', async () => {
    const net = await vpc();
    const subnet = await subnetOf(net);
    await groupIn(net);
    await expect(groupIn(net)).rejects.toThrow(
      `api error InvalidGroup.Duplicate: The security group 'edges' already exists for VPC '${net.id}'`,
    );
    await targets(net);
    await expect(targets(net)).rejects.toThrow(
      "DuplicateTargetGroupName: A target group with the same name 'edges' exists, but with different settings",
    );
    await balancerIn(subnet);
    await expect(balancerIn(subnet)).rejects.toThrow(
      "DuplicateLoadBalancerName: A load balancer with the same name 'edges' exists, but with different settings",
    );
    const template = (): Promise<Made> => api.create('aws_launch_template', { name: 'edges' });
    await template();
    await expect(template()).rejects.toThrow(
      'InvalidLaunchTemplateName.AlreadyExistsException: Launch template name already in use.',
    );
    await role();
    await expect(role()).rejects.toThrow('StatusCode: 409');
    await expect(role()).rejects.toThrow('EntityAlreadyExists: Role with name edge already exists.');
    const apart = (): Promise<Made> => api.create('aws_placement_group', { name: 's1', strategy: 'spread' });
    await apart();
    await expect(apart()).rejects.toThrow("InvalidPlacementGroup.Duplicate: The placement group 's1' already exists.");
  });

  it('gives no address twice', async () => {
    const subnet = await subnetOf(await vpc());
    await machineIn(subnet, { private_ip: '10.0.0.10' });
    await expect(machineIn(subnet, { private_ip: '10.0.0.10' })).rejects.toThrow(
      'api error InvalidIPAddress.InUse: Address 10.0.0.10 is in use.',
    );
    const { id: allocation_id } = await api.create('aws_eip', { domain: 'vpc' });
    const nat = (): Promise<Made> => api.create('aws_nat_gateway', { allocation_id, subnet_id: subnet.id });
    await nat();
    await expect(nat()).rejects.toThrow(`Elastic IP address [${allocation_id}] is already associated`);
  });

  it('keeps a network that something is in', async () => {
    const net = await vpc();
    const subnet = await subnetOf(net);
    await expect(api.destroy(net)).rejects.toThrow(
      `deleting EC2 VPC (${net.id}): operation error EC2: DeleteVpc, https response error StatusCode: 400`,
    );
    await expect(api.destroy(net)).rejects.toThrow(
      `api error DependencyViolation: The vpc '${net.id}' has dependencies and cannot be deleted.`,
    );
    const machine = await machineIn(subnet);
    await expect(api.destroy(subnet)).rejects.toThrow(
      `The subnet '${subnet.id}' has dependencies and cannot be deleted.`,
    );
    for (const made of [machine, subnet, net]) await api.destroy(made);
  });

  it('keeps a group, a target group, a role and an address that something needs', async () => {
    const net = await vpc();
    const subnet = await subnetOf(net);
    const group = await groupIn(net);
    await machineIn(subnet, { vpc_security_group_ids: [group.id] });
    await expect(api.destroy(group)).rejects.toThrow(
      `api error DependencyViolation: resource ${group.id} has a dependent object`,
    );
    const own = await targets(net);
    await listen(await balancerIn(subnet), own);
    await expect(api.destroy(own)).rejects.toThrow(
      `api error ResourceInUse: Target group '${own.id}' is currently in use by a listener or a rule`,
    );
    const edge = await role();
    await profile();
    await expect(api.destroy(edge)).rejects.toThrow(
      'api error DeleteConflict: Cannot delete entity, must remove roles from instance profile first.',
    );
    const address = await api.create('aws_eip', { domain: 'vpc' });
    await api.create('aws_nat_gateway', { allocation_id: address.id, subnet_id: subnet.id });
    await expect(api.destroy(address)).rejects.toThrow('api error InvalidIPAddress.InUse: Address');
  });

  it('keeps a hub that something is attached to', async () => {
    const net = await vpc();
    const subnet = await subnetOf(net);
    const hub = await api.create('aws_ec2_transit_gateway', {});
    const attached = await api.create('aws_ec2_transit_gateway_vpc_attachment', {
      ...{ transit_gateway_id: hub.id, vpc_id: net.id, subnet_ids: [subnet.id] },
    });
    await expect(api.destroy(hub)).rejects.toThrow(
      `api error IncorrectState: ${hub.id} has non-deleted Transit Gateway Attachments: ${attached.id}.`,
    );
    await expect(api.destroy(subnet)).rejects.toThrow('DependencyViolation');
  });

  it('finds nothing that is gone, and forgets it', async () => {
    const net = await vpc();
    const subnet = await subnetOf(net);
    removeObject(clouds.cloud, 'aws_subnet', subnet.id);
    expect(await api.read(subnet)).toBeUndefined();
    await expect(machineIn(subnet)).rejects.toThrow(
      `api error InvalidSubnetID.NotFound: The subnet ID '${subnet.id}' does not exist`,
    );
    removeObject(clouds.cloud, 'aws_vpc', net.id);
    await expect(groupIn(net)).rejects.toThrow(`InvalidVpcID.NotFound: The vpc ID '${net.id}' does not exist`);
    await api.destroy(subnet);
  });

  it('does nothing for somebody without rights', async () => {
    withhold(clouds.cloud, 'deploy-role');
    await expect(vpc()).rejects.toThrow('StatusCode: 403, RequestID');
    await expect(vpc()).rejects.toThrow(
      'api error UnauthorizedOperation: You are not authorized to perform this operation.',
    );
  });

  it('makes no balancer for somebody who may not make its service role', async () => {
    const subnet = await subnetOf(await vpc());
    withhold(clouds.cloud, 'load-balancing-role');
    await expect(balancerIn(subnet)).rejects.toThrow(
      'api error AccessDenied: User is not authorized to perform: iam:CreateServiceLinkedRole on resource: arn:aws:iam::*:role/aws-service-role/elasticloadbalancing.amazonaws.com',
    );
  });

  it('refuses what the provider finds before it asks', async () => {
    const net = await vpc();
    const bare = { name: 'edges', target_type: 'ip', port: 1935, protocol: 'TCP' };
    await expect(api.create('aws_lb_target_group', bare)).rejects.toThrow(
      'Attribute "vpc_id" must be specified when "target_type" is "ip".',
    );
    expect(await api.create('aws_lb_target_group', { name: 'later', target_type: 'lambda' })).toBeDefined();
    const balancer = await balancerIn(await subnetOf(net));
    const listener = { load_balancer_arn: balancer.id, port: 1935, protocol: 'TCP' };
    await expect(api.create('aws_lb_listener', { ...listener, default_action: [{ type: 'forward' }] })).rejects.toThrow(
      'Either "default_action[0].target_group_arn" or "default_action[0].forward" must be specified',
    );
    const subnet = await subnetOf(net, '10.0.1.0/24');
    const nat = { subnet_id: subnet.id, connectivity_type: 'public', secondary_private_ip_address_count: 1 };
    await expect(api.create('aws_nat_gateway', nat)).rejects.toThrow(
      'secondary_private_ip_address_count is not supported with connectivity_type = "public"',
    );
  });
});
