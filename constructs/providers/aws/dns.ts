import { Route53Record } from '@cdktf/provider-aws/lib/route53-record';
import { Construct } from 'constructs';
import type { DnsMember } from '../../contract/adapter';
import type { DnsAddressRecord, DnsAnswer, DnsSpec } from '../../contract/dns';
import { addProvider, providerOf } from './provider';
import { AwsDnsSettings } from './settings';

/** Route 53 is global; its API answers in this region. */
const apiRegion = 'us-east-1';
const childName = 'dns';
/** https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-values-weighted.html */
const maxWeight = 255;

export const dns: DnsMember = { settings: AwsDnsSettings, configure, records };

function configure(stack: Construct, spec: DnsSpec): void {
  addProvider(stack, childName, { region: apiRegion, labels: spec.labels });
}

/** Every record is weighted, also one with a single answer: Route 53 keeps no simple record beside weighted ones of a name. */
function records(scope: Construct, id: string, spec: DnsSpec): void {
  const own = new Construct(scope, id);
  for (const record of spec.records) makeRecord(own, spec, record);
}

function makeRecord(own: Construct, spec: DnsSpec, record: DnsAddressRecord): void {
  const { zone } = spec.settings as AwsDnsSettings;
  const heaviest = Math.max(...record.answers.map((answer) => answer.weight));
  for (const answer of record.answers) {
    new Route53Record(own, `${record.name}-${answer.id}`, {
      provider: providerOf(own, childName),
      zoneId: zone,
      name: `${record.name}.${spec.domain}`,
      type: 'A',
      ttl: record.ttlSeconds,
      records: [...answer.addresses],
      setIdentifier: answer.id,
      weightedRoutingPolicy: { weight: scaleWeight(answer, heaviest) },
    });
  }
}

/** Weights are relative; those above what Route 53 takes shrink together, and only a zero stays zero. */
function scaleWeight(answer: DnsAnswer, heaviest: number): number {
  if (heaviest <= maxWeight || answer.weight === 0) return answer.weight;
  return Math.max(1, Math.round((answer.weight * maxWeight) / heaviest));
}
