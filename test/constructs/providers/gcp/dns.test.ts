import { TerraformStack, App } from 'cdktf';
import type { DnsAddressRecord } from '../../../../constructs/contract/dns';
import { dns } from '../../../../constructs/providers/gcp/dns';

function record(name: string, answers: DnsAddressRecord['answers']): Record<string, unknown> | undefined {
  const stack = new TerraformStack(new App(), 'dns');
  const spec = {
    platform: 'live',
    labels: {},
    domain: 'live.example.com',
    settings: { project: 'live-example', zone: 'live' },
    records: [{ name, ttlSeconds: 30, answers }],
  };
  dns.configure(stack, spec);
  dns.records(stack, 'records', spec);
  const json = stack.toTerraform() as { resource: Record<string, Record<string, Record<string, unknown>>> };
  return Object.values(json.resource['google_dns_record_set'] ?? {})[0];
}

test('an ingest name has the addresses of its shard', () => {
  expect(record('s1.ingest', [{ id: 'cage', weight: 1, addresses: ['203.0.113.1'] }])).toMatchObject({
    name: 's1.ingest.live.example.com.',
    managed_zone: 'live',
    type: 'A',
    ttl: 30,
    rrdatas: ['203.0.113.1'],
  });
});

test('viewers spread over sites by weight', () => {
  const answers = [
    { id: 'gcp', weight: 3, addresses: ['203.0.113.3'] },
    { id: 'aws', weight: 1, addresses: ['203.0.113.2'] },
  ];
  expect(record('watch', answers)).toMatchObject({
    routing_policy: {
      wrr: [
        { weight: 1, rrdatas: ['203.0.113.2'] },
        { weight: 3, rrdatas: ['203.0.113.3'] },
      ],
    },
  });
});

test('the zone itself can have a record', () => {
  expect(record('', [{ id: 'gcp', weight: 1, addresses: ['203.0.113.3'] }])).toMatchObject({
    name: 'live.example.com.',
  });
});
