import { Eip } from '@cdktf/provider-aws/lib/eip';
import { Instance } from '@cdktf/provider-aws/lib/instance';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';
import { ComputeAddress } from '@cdktf/provider-google/lib/compute-address';
import { ComputeFirewall } from '@cdktf/provider-google/lib/compute-firewall';
import { ComputeInstance } from '@cdktf/provider-google/lib/compute-instance';
import { ComputeNetwork } from '@cdktf/provider-google/lib/compute-network';
import { ComputeSubnetwork } from '@cdktf/provider-google/lib/compute-subnetwork';
import { DnsRecordSet } from '@cdktf/provider-google/lib/dns-record-set';
import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { LocalBackend, TerraformOutput, type TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import type { StackPlan } from '../../../stacks/app';

/** Resources of one cell: the smallest thing of which the generated stacks are made. */
export const resourcesPerCell = 10;

/**
 * Stacks of equal size, each with machines at two providers, their addresses, firewalls and names, and one output; each
 * depends on the one before it. `resources` is rounded down to whole cells for each stack.
 */
export function generatedStacks(stacks: number, resources: number): StackPlan[] {
  const cells = Math.floor(resources / stacks / resourcesPerCell);
  const ids = Array.from({ length: stacks }, (_, index) => `stack-${String(index).padStart(3, '0')}`);
  return ids.map((id, index) => ({
    id,
    dependsOn: ids.slice(Math.max(0, index - 1), index),
    fill: (stack) => fill(stack, index, cells),
  }));
}

function fill(stack: TerraformStack, index: number, cells: number): void {
  new LocalBackend(stack, { path: `${stack.node.id}.tfstate` });
  new GoogleProvider(stack, 'google', { project: 'example-project', region: 'asia-northeast1' });
  new AwsProvider(stack, 'aws', { region: 'ap-northeast-1' });
  const machines = Array.from({ length: cells }, (_, cell) => addCell(stack, index, cell));
  new TerraformOutput(stack, 'handles', { value: Object.fromEntries(machines), staticId: true });
}

function addCell(stack: TerraformStack, index: number, cell: number): [string, string] {
  const scope = new Construct(stack, `cell-${cell}`);
  const name = `s${index}-c${cell}`;
  const range = `10.${index % 256}.${cell % 256}.0/24`;
  const here = addGoogle(scope, name, range);
  const there = addAws(scope, name, range);
  new DnsRecordSet(scope, 'name', {
    managedZone: 'live',
    name: `${name}.example.com.`,
    type: 'A',
    ttl: 60,
    rrdatas: [here, there],
  });
  return [name, here];
}

/** A network, a subnet, a firewall, an address and a machine. Returns the address. */
function addGoogle(scope: Construct, name: string, range: string): string {
  const network = new ComputeNetwork(scope, 'network', { name, autoCreateSubnetworks: false });
  const subnet = new ComputeSubnetwork(scope, 'subnet', { name, network: network.id, ipCidrRange: range });
  new ComputeFirewall(scope, 'firewall', {
    name,
    network: network.id,
    direction: 'INGRESS',
    sourceRanges: ['10.0.0.0/8', subnet.ipCidrRange],
    allow: [{ protocol: 'tcp', ports: ['1935', '8080'] }, { protocol: 'icmp' }],
    targetTags: [name],
  });
  const address = new ComputeAddress(scope, 'address', { name, addressType: 'EXTERNAL' });
  new ComputeInstance(scope, 'machine', {
    name,
    machineType: 'n2-standard-8',
    zone: 'asia-northeast1-a',
    labels: { platform: 'generated', half: 'a', shard: name },
    metadata: { 'user-data': `#cloud-config\nhostname: ${name}\n`, 'enable-oslogin': 'TRUE' },
    bootDisk: { initializeParams: { image: 'ubuntu-2404-noble-amd64', size: 50, type: 'pd-balanced' } },
    networkInterface: [{ subnetwork: subnet.id, accessConfig: [{ natIp: address.address, networkTier: 'PREMIUM' }] }],
    scheduling: { automaticRestart: true, onHostMaintenance: 'MIGRATE' },
    tags: [name],
  });
  return address.address;
}

/** A security group with its rule, a machine and an address. Returns the address. */
function addAws(scope: Construct, name: string, range: string): string {
  const group = new SecurityGroup(scope, 'group', { name, vpcId: 'vpc-0123456789abcdef0', tags: { Name: name } });
  new VpcSecurityGroupIngressRule(scope, 'rule', {
    securityGroupId: group.id,
    ipProtocol: 'tcp',
    fromPort: 1935,
    toPort: 1935,
    cidrIpv4: range,
  });
  const machine = new Instance(scope, 'instance', {
    ami: 'ami-0123456789abcdef0',
    instanceType: 'c6i.2xlarge',
    subnetId: 'subnet-0123456789abcdef0',
    vpcSecurityGroupIds: [group.id],
    userData: `#cloud-config\nhostname: ${name}\n`,
    rootBlockDevice: { volumeSize: 50, volumeType: 'gp3', encrypted: true },
    tags: { Name: name, Half: 'b' },
  });
  return new Eip(scope, 'eip', { instance: machine.id, domain: 'vpc', tags: { Name: name } }).publicIp;
}
