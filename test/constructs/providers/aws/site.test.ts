import { App, TerraformStack } from 'cdktf';
import { Value } from '@sinclair/typebox/value';
import type { ImageBuild } from '../../../../constructs/contract/image';
import { aws } from '../../../../constructs/providers/aws';
import type { AwsSettings } from '../../../../constructs/providers/aws/settings';
import { emitted, synthesised } from './emitted';
import { adapter, tokyo } from './fixture';
import { imageBuild } from '../../../support/images';

const checked = (change: Parameters<typeof tokyo>[0]) =>
  adapter.check(tokyo(change)).map(({ path, message, fix }) => `${path}: ${message}. ${fix}`);
const settings = (change: object) => ({ settings: { ...tokyo().settings, ...change } });

describe('a site on AWS', () => {
  it('passes with three zones of its region', () => {
    expect(adapter.check(tokyo())).toEqual([]);
    expect(Value.Check(aws.settings, tokyo().settings)).toBe(true);
  });

  it('is refused with zones of another region, each by its place', () => {
    expect(checked(settings({ zones: ['apne1-az4', 'use1-az1', 'apne1-az2'] }))).toEqual([
      expect.stringMatching(/^settings\.zones\.1: is no zone of ap-northeast-1\..*describe-availability-zones/),
    ]);
  });

  it('is refused with an autonomous system number that no transit gateway takes', () => {
    expect(checked({ asn: 65535 })).toEqual([expect.stringContaining('use 64516')]);
    expect(checked({ asn: 4200000001 })).toEqual([]);
  });

  it('names instance families that Watari knows', () => {
    expect(checked(settings({ families: ['z1d'] }))).toEqual([
      expect.stringContaining('Watari knows no sizes of this instance family'),
    ]);
  });
});

describe('images on AWS', () => {
  const osaka = tokyo({ id: 'osaka', settings: { ...tokyo().settings, region: 'ap-northeast-3' } });

  it('are built in the region of the first site and copied to the others, encrypted and with session tokens', () => {
    const { type, body } = adapter.image.packerSource(imageBuild([tokyo(), osaka, tokyo()]));
    expect(type).toBe('amazon-ebs');
    expect(body).toMatchObject({
      region: 'ap-northeast-1',
      ami_regions: ['ap-northeast-3'],
      ami_name: 'watari-edge-amd64-0123456789ab',
      encrypt_boot: true,
      imds_support: 'v2.0',
      metadata_options: { http_tokens: 'required' },
      ssh_username: 'admin',
    });
  });

  it('come from one exact image of Debian or of Windows', () => {
    const filters = (changes: Partial<ImageBuild>) =>
      adapter.image.packerSource(imageBuild([tokyo()], changes)).body['source_ami_filter'];
    expect(filters({ variant: 'arm64' })).toMatchObject({
      filters: { name: 'debian-12-arm64-20251112-2294' },
      owners: ['136693071363'],
    });
    expect(filters({ operatingSystem: 'windows-server-2025' })).toMatchObject({
      filters: { name: expect.stringMatching(/^Windows_Server-2025-English-Full-Base-/) as string },
    });
  });

  it('are built in the default VPC, or where the first site says', () => {
    const [vpc, subnet] = ['vpc-0a1b2c3d4e5f60718', 'subnet-0a1b2c3d4e5f60718'];
    const built = (imageBuildAt?: NonNullable<AwsSettings['imageBuild']>) => {
      const site = tokyo(settings(imageBuildAt ? { imageBuild: imageBuildAt } : {}));
      expect(Value.Check(aws.settings, site.settings)).toBe(true);
      return adapter.image.packerSource(imageBuild([site, osaka])).body;
    };
    expect(Object.keys(built()).filter((name) => /vpc|subnet|address|interface/.test(name))).toEqual([]);
    const there = { vpc_id: vpc, subnet_id: subnet };
    expect(built({ vpc, subnet })).toMatchObject({
      ...{ ...there, associate_public_ip_address: true, ssh_interface: 'public_ip' },
    });
    expect(built({ vpc, subnet, privateAddress: true })).toMatchObject({
      ...{ ...there, associate_public_ip_address: false, ssh_interface: 'private_ip' },
    });
    expect(Value.Check(aws.settings, { ...tokyo().settings, imageBuild: { vpc } })).toBe(false);
  });

  it('of Windows leave the user and the key to the template', () => {
    const { body } = adapter.image.packerSource(imageBuild([tokyo()], { operatingSystem: 'windows-server-2022' }));
    expect(Object.keys(body).filter((name) => /ssh|key|communicator|user_data/.test(name))).toEqual([]);
    expect(body['launch_block_device_mappings']).toMatchObject([{ device_name: '/dev/sda1' }]);
  });
});

describe('facts of AWS', () => {
  it('have prerequisites with a command or a person each, once each', () => {
    const ids = adapter.facts.prerequisites.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(adapter.facts.prerequisites.every(({ how, source }) => how !== '' && source.startsWith('https://'))).toBe(
      true,
    );
  });

  it('can all be withheld in the sandbox, but for what only building images needs', () => {
    const withheld = aws.simulations.flatMap(({ prerequisites }) => (prerequisites ?? []).map(({ id }) => id));
    expect([...withheld, 'images', 'image-build-network'].sort()).toEqual(
      adapter.facts.prerequisites.map(({ id }) => id).sort(),
    );
  });
});

describe('records on Route 53', () => {
  const answers = [
    { id: 'aws', weight: 600, addresses: ['203.0.113.1'] },
    { id: 'gcp', weight: 1, addresses: ['198.51.100.1'] },
    { id: 'idcf', weight: 0, addresses: ['192.0.2.1'] },
  ];
  const spec = {
    platform: 'reference',
    labels: {},
    domain: 'live.example.com',
    settings: { zone: 'Z0123456789' },
    records: [{ name: 'edge', ttlSeconds: 30, answers }],
  };

  it('are weighted, one for each site, in proportion within what Route 53 takes', () => {
    const stack = new TerraformStack(new App(), 'dns');
    adapter.dns.configure(stack, spec);
    adapter.dns.records(stack, 'records', spec);
    expect(emitted(stack, 'aws_route53_record')).toMatchObject({
      'records_edge-aws': {
        name: 'edge.live.example.com',
        set_identifier: 'aws',
        weighted_routing_policy: { weight: 255 },
      },
      'records_edge-gcp': { weighted_routing_policy: { weight: 1 } },
      'records_edge-idcf': { weighted_routing_policy: { weight: 0 } },
    });
  });
});

describe('a state store on S3', () => {
  it('keeps every version, encrypted, closed, and is never destroyed by mistake', () => {
    const stack = new TerraformStack(new App(), 'store');
    const store = { region: 'ap-northeast-3' };
    adapter.stateStore.configure(stack, store);
    adapter.stateStore.bucket(stack, 'states', {
      name: 'reference-states',
      settings: store,
      labels: { owner: 'live' },
    });
    expect(synthesised(stack).resource).toMatchObject({
      aws_s3_bucket: { states: { bucket: 'reference-states', lifecycle: { prevent_destroy: true } } },
      aws_s3_bucket_versioning: { 'states-versioning': { versioning_configuration: { status: 'Enabled' } } },
      aws_s3_bucket_public_access_block: {
        'states-private': { block_public_acls: true, restrict_public_buckets: true },
      },
    });
  });
});
