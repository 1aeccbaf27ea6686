import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type PlatformDescription, descriptionFile, descriptionFormat } from '../../stacks/description/description';

const site = { label: 'generated', profile: '', failureDomain: 'generated', retired: false, transit: false };

/** What of the generated stacks is not made by themselves. */
const adopted = { account: '123456789012', region: 'ap-northeast-1' };
const vpc = 'vpc-0123456789abcdef0';

/** Makes synthesised stacks a platform of two sites that a review can read. */
export function describeGenerated(folder: string): void {
  const ids = readdirSync(join(folder, 'stacks')).sort();
  const description: PlatformDescription = {
    format: descriptionFormat,
    topology: 'generated',
    domain: 'example.com',
    sites: [
      { ...site, id: 'aws', provider: 'aws', number: 1, cidr: '10.0.0.0/16', asn: 64512 },
      { ...site, id: 'gcp', provider: 'gcp', number: 2, cidr: '10.1.0.0/16', asn: 64513 },
    ],
    stacks: ids.map((id, index) => ({
      id,
      kind: 'system',
      title: id,
      sites: ['aws', 'gcp'],
      dependsOn: ids.slice(Math.max(0, index - 1), index),
      after: [],
      handleKeys: [],
      empty: false,
      store: { id: 'local', kind: 'local', failureDomain: 'local' },
    })),
    ...{ machines: [], devices: [], balancers: [], links: [], names: [] },
    expected: {
      aws: [
        { type: 'aws_vpc', id: vpc, attributes: { cidr_block: '10.0.0.0/16' }, scope: adopted },
        {
          type: 'aws_subnet',
          id: 'subnet-0123456789abcdef0',
          attributes: { vpc_id: vpc, cidr_block: '10.0.0.0/16', availability_zone: 'ap-northeast-1a' },
          scope: adopted,
        },
        { type: 'aws_ami', id: 'ami-0123456789abcdef0', attributes: { state: 'available' }, scope: adopted },
      ],
    },
    billing: { sites: {}, contracts: [] },
  };
  writeFileSync(join(folder, descriptionFile), JSON.stringify(description));
}

/** One attribute of each type that can be changed where the resource stands. */
const touched: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  aws_eip: { tags: { Name: 'touched' } },
  aws_instance: { tags: { Name: 'touched' } },
  aws_security_group: { tags: { Name: 'touched' } },
  aws_vpc_security_group_ingress_rule: { description: 'touched' },
  google_compute_address: { labels: { touched: 'yes' } },
  google_compute_firewall: { priority: 999 },
  google_compute_instance: { labels: { touched: 'yes' } },
  google_compute_network: { routing_mode: 'GLOBAL' },
  google_compute_subnetwork: { private_ip_google_access: true },
  google_dns_record_set: { ttl: 61 },
};

interface Synthesised {
  readonly resource: Readonly<Record<string, Readonly<Record<string, object>>>>;
}

/** Changes every resource of synthesised stacks. */
export function touchEverything(folder: string): void {
  for (const id of readdirSync(join(folder, 'stacks'))) {
    const file = join(folder, 'stacks', id, 'cdk.tf.json');
    const stack = JSON.parse(readFileSync(file, 'utf8')) as Synthesised;
    const resource = Object.entries(stack.resource).map(([type, named]) => {
      const changed = Object.entries(named).map(([name, block]) => [name, { ...block, ...touched[type] }]);
      return [type, Object.fromEntries(changed)];
    });
    writeFileSync(file, JSON.stringify({ ...stack, resource: Object.fromEntries(resource) }));
  }
}
