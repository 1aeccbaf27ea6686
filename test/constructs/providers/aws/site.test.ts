import { App, TerraformStack } from 'cdktf';
import { Value } from '@sinclair/typebox/value';
import { aws } from '../../../../constructs/providers/aws';
import { emitted, refusalOf, synthesised } from './emitted';
import { adapter, tokyo } from './fixture';

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

  it('needs to be told the image of a region or processor for which none is pinned', () => {
    const osaka = settings({ region: 'ap-northeast-3', zones: ['apne3-az1', 'apne3-az2', 'apne3-az3'] });
    expect(checked(osaka)).toEqual([
      expect.stringMatching(/settings\.images: no stock amd64 image.*aws ssm get-parameter --region ap-northeast-3/),
    ]);
    expect(checked(settings({ ...osaka.settings, images: { amd64: 'ami-0123456789abcdef0' } }))).toEqual([]);
  });

  it('names instance families that Watari knows', () => {
    expect(checked(settings({ families: ['z1d'] }))).toEqual([
      expect.stringContaining('Watari knows no sizes of this instance family'),
    ]);
  });
});

describe('images on AWS', () => {
  const stock = { role: 'edge', architecture: 'amd64' } as const;

  it('are pinned by id, and own ones by their content', () => {
    expect(adapter.image.name(tokyo(), stock)).toBe('ami-026c39f4021df9abe');
    expect(adapter.image.name(tokyo(), { ...stock, contentId: 'abc' })).toBe('reference-edge-amd64-abc');
    expect(refusalOf(() => adapter.image.name(tokyo(), { ...stock, architecture: 'arm64' }))).toContain(
      'no stock arm64 image',
    );
  });

  it('are built from the pinned one, encrypted and with session tokens', () => {
    expect(adapter.image.packerSource(tokyo(), { ...stock, contentId: 'abc' })).toMatchObject({
      type: 'amazon-ebs',
      body: { source_ami: 'ami-026c39f4021df9abe', encrypt_boot: true, metadata_options: { http_tokens: 'required' } },
    });
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

  it('can all be withheld in the sandbox', () => {
    const withheld = aws.simulations.flatMap(({ prerequisites }) => (prerequisites ?? []).map(({ id }) => id));
    expect(withheld.sort()).toEqual(adapter.facts.prerequisites.map(({ id }) => id).sort());
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
