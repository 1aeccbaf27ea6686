import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'cdktf';
import { seeds, simulation } from '../../../../constructs/providers/aws/simulation';
import { listObjects, withhold } from '../../../../scripts/sandbox/control';
import { readFacts } from '../../../../scripts/sandbox/facts';
import type { Sandbox } from '../../../../scripts/sandbox/server';
import { describeWith, requirement } from '../../../support/requirements';
import { Workbench } from '../../../scripts/sandbox/workbench';
import { makeWholeSite, tokyo } from './fixture';
import { imageOf } from '../../../support/images';

const factsFile = join(__dirname, '../../../../constructs/providers/aws/schema/aws@5.100.0.json');
type Resources = Record<string, Record<string, Record<string, unknown>>>;
interface Synthesised {
  readonly resource: Resources;
  readonly terraform: Record<string, unknown>;
}

function synthesise(): Synthesised {
  const outdir = mkdtempSync(join(tmpdir(), 'watari-aws-'));
  const app = new App({ outdir });
  makeWholeSite(app, 'aws');
  app.synth();
  const made = JSON.parse(readFileSync(join(outdir, 'stacks/aws/cdk.tf.json'), 'utf8')) as Synthesised;
  rmSync(outdir, { recursive: true });
  const { backend: _backend, ...terraform } = made.terraform;
  return { ...made, terraform };
}

const images = seeds(tokyo(), [imageOf('edge'), imageOf('gateway'), imageOf('origin')]);
const ami = images[0]?.id ?? '';

describeWith(requirement('terraform'), 'the simulated AWS', () => {
  let bench: Workbench;
  let sandbox: Sandbox;
  let stack: Synthesised;

  const write = (content: object): void => {
    mkdirSync(join(bench.folder, 'stack'), { recursive: true });
    writeFileSync(join(bench.folder, 'stack', 'main.tf.json'), JSON.stringify(content));
  };
  const configuration = (resource: Resources): object => ({
    terraform: stack.terraform,
    provider: { aws: { region: 'ap-northeast-1' } },
    resource,
  });

  beforeAll(() => {
    stack = synthesise();
  });

  beforeEach(() => {
    bench = new Workbench();
    sandbox = bench.start({ simulations: [simulation], facts: [readFacts(factsFile)], seeds: images });
  });

  afterEach(() => bench.close());

  it('takes a whole site, finds nothing to change afterwards, and takes it down again', async () => {
    write(stack);
    expect(await bench.init()).toMatchObject({ code: 0 });
    const applied = await bench.apply();
    expect(applied.output).toContain('Apply complete!');
    expect(await bench.plan()).toMatchObject({ code: 0 });
    const [connection] = listObjects(sandbox.cloud, { type: 'aws_vpn_connection' });
    expect(connection?.attributes).toMatchObject({
      tunnel1_bgp_asn: '64516',
      tunnel1_vgw_inside_address: expect.stringMatching(/^169\.254\.32\./),
    });
    expect(
      listObjects(sandbox.cloud, { type: 'aws_instance' }).filter(({ id }) => /^i-[0-9a-f]{17}$/.test(id)),
    ).toHaveLength(7);
    expect((await bench.destroy()).output).toContain('Destroy complete!');
    expect(listObjects(sandbox.cloud, { type: 'aws_vpc' })).toHaveLength(0);
  }, 120_000);

  it('fails as AWS does where a prerequisite is absent', async () => {
    const address = { domain: 'vpc' };
    const record = { zone_id: 'Z0123456789', name: 'a.example.com', type: 'A', ttl: 30, records: ['192.0.2.1'] };
    const launch_template = { id: 'lt-0123456789abcdef0', version: '1' };
    const group = { name: 'g', min_size: 1, max_size: 2, vpc_zone_identifier: ['subnet-0'], launch_template };
    const circuit = { connection_id: 'dxcon-12345678', dx_gateway_id: 'x', name: 'x', vlan: 5, address_family: 'ipv4' };
    write(
      configuration({
        aws_vpc: { v: { cidr_block: '10.0.0.0/16' } },
        aws_eip: { e: address },
        aws_lb: { l: { name: 'l', load_balancer_type: 'network', subnets: ['subnet-0'] } },
        aws_ec2_transit_gateway: { t: {} },
        aws_vpn_connection: { v: { customer_gateway_id: 'cgw-0', type: 'ipsec.1' } },
        aws_instance: { i: { ami: ami, instance_type: 'c7i.large' } },
        aws_autoscaling_group: { g: group },
        aws_dx_transit_virtual_interface: { d: { ...circuit, bgp_asn: 64513 } },
        aws_route53_record: { r: record },
      }),
    );
    await bench.init();
    const general = ['credentials', 'deploy-role', 'load-balancing-role'];
    const withheld = (simulation.prerequisites ?? []).map(({ id }) => id).filter((id) => !general.includes(id));
    for (const id of withheld) withhold(sandbox.cloud, id);
    const { output } = await bench.apply();
    for (const text of [
      'creating EC2 VPC: operation error EC2: CreateVpc, https response error StatusCode: 400',
      'api error VpcLimitExceeded: The maximum number of VPCs has been reached.',
      'api error AddressLimitExceeded: The maximum number of addresses has been reached.',
      'api error TooManyLoadBalancers',
      'api error TransitGatewayLimitExceeded',
      'api error VpnConnectionLimitExceeded',
      'api error VcpuLimitExceeded',
      'The default Service-Linked Role for Auto Scaling could not be created.',
      'Connection dxcon-12345678 does not exist.',
      'api error NoSuchHostedZone: No hosted zone found with ID: Z0123456789',
    ]) {
      expect(output).toContain(text);
    }
    withhold(sandbox.cloud, 'deploy-role');
    expect((await bench.apply()).output).toContain('api error UnauthorizedOperation');
    withhold(sandbox.cloud, 'credentials');
    expect((await bench.apply()).output).toContain('No valid credential sources found');
  }, 60_000);

  it('refuses addresses that are taken or elsewhere, objects that are not there, and rules that are there already', async () => {
    const rule = { security_group_id: '${aws_security_group.g.id}', ip_protocol: 'tcp', from_port: 22, to_port: 22 };
    const subnet = { vpc_id: '${aws_vpc.v.id}', availability_zone_id: 'apne1-az1' };
    const machine = { ami: ami, instance_type: 'c7i.large', subnet_id: '${aws_subnet.s.id}' };
    const base = {
      aws_vpc: { v: { cidr_block: '10.0.0.0/16' } },
      aws_subnet: { s: { ...subnet, cidr_block: '10.0.0.0/24' } },
      aws_security_group: { g: { name: 'g', vpc_id: '${aws_vpc.v.id}' } },
      aws_instance: { first: { ...machine, private_ip: '10.0.0.10', disable_api_termination: true } },
      aws_vpc_security_group_ingress_rule: { r: { ...rule, cidr_ipv4: '10.0.0.0/8' } },
    };
    write(configuration(base));
    await bench.init();
    expect((await bench.apply()).output).toContain('5 added');
    write(
      configuration({
        ...base,
        aws_subnet: {
          ...base.aws_subnet,
          overlapping: { ...subnet, cidr_block: '10.0.0.128/25' },
          elsewhere: { ...subnet, cidr_block: '10.9.0.0/24' },
          nowhere: { ...subnet, cidr_block: '10.0.3.0/24', availability_zone_id: 'apne1-az9' },
        },
        aws_instance: {
          ...base.aws_instance,
          second: { ...machine, private_ip: '10.0.0.10' },
          reserved: { ...machine, private_ip: '10.0.0.3' },
          foreign: { ...machine, ami: 'ami-084568db4383264d4' },
        },
        aws_vpc_security_group_ingress_rule: {
          ...base.aws_vpc_security_group_ingress_rule,
          again: { ...rule, cidr_ipv4: '10.0.0.0/8' },
          dangling: { ...rule, security_group_id: 'sg-0123456789abcdef0', cidr_ipv4: '10.1.0.0/16' },
        },
      }),
    );
    const { output } = await bench.apply();
    for (const text of [
      "api error InvalidSubnet.Conflict: The CIDR '10.0.0.128/25' conflicts with another subnet",
      "api error InvalidSubnet.Range: The CIDR '10.9.0.0/24' is invalid.",
      'Value (apne1-az9) for parameter availabilityZoneId is invalid.',
      'api error InvalidIPAddress.InUse: Address 10.0.0.10 is in use.',
      "Address does not fall within the subnet's address range",
      "api error InvalidAMIID.NotFound: The image id '[ami-084568db4383264d4]' does not exist",
      'api error InvalidPermission.Duplicate: the specified rule "peer: 10.0.0.0/8, TCP, from port: 22, to port: 22, ALLOW" already exists',
      "api error InvalidGroup.NotFound: The security group 'sg-0123456789abcdef0' does not exist",
    ]) {
      expect(output).toContain(text);
    }
    expect((await bench.destroy()).output).toContain('api error OperationNotPermitted: The instance');
  }, 60_000);

  it('replaces a machine whose user data changed, and rolls a fleet in place', async () => {
    const text = (content: string): string => Buffer.from(content).toString('base64');
    const content = (userData: string): object =>
      configuration({
        aws_vpc: { v: { cidr_block: '10.0.0.0/16' } },
        aws_subnet: { s: { vpc_id: '${aws_vpc.v.id}', cidr_block: '10.0.0.0/24', availability_zone_id: 'apne1-az1' } },
        aws_instance: {
          i: {
            ...{ ami: ami, instance_type: 'c7i.large', subnet_id: '${aws_subnet.s.id}' },
            ...{ private_ip: '10.0.0.10', user_data_base64: text(userData), user_data_replace_on_change: true },
          },
        },
        aws_launch_template: { t: { name: 'edges', user_data: text(userData) } },
        aws_autoscaling_group: {
          g: {
            ...{ name: 'g', min_size: 2, max_size: 4, vpc_zone_identifier: ['${aws_subnet.s.id}'] },
            launch_template: { id: '${aws_launch_template.t.id}', version: '${aws_launch_template.t.latest_version}' },
          },
        },
      });
    write(content('one'));
    await bench.init();
    expect((await bench.apply()).output).toContain('5 added');
    write(content('two'));
    const { output } = await bench.apply();
    expect(output).toContain('aws_instance.i must be replaced');
    expect(output).toContain('aws_autoscaling_group.g will be updated in-place');
    expect(output).toContain('1 added, 2 changed, 1 destroyed');
    expect(listObjects(sandbox.cloud, { type: 'aws_launch_template' })[0]?.attributes).toMatchObject({
      latest_version: 2,
    });
    expect(await bench.plan()).toMatchObject({ code: 0 });
  }, 60_000);
});
