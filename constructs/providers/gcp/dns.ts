import { DnsRecordSet, type DnsRecordSetConfig } from '@cdktf/provider-google/lib/dns-record-set';
import { Construct } from 'constructs';
import type { DnsMember } from '../../contract/adapter';
import type { DnsAddressRecord, DnsSpec } from '../../contract/dns';
import { configureGoogle, googleOf } from './provider';
import { gcpDnsSettings, type GcpDnsSettings } from './settings';

const alias = 'dns';

function settingsOf(spec: DnsSpec): GcpDnsSettings {
  return spec.settings as GcpDnsSettings;
}

function configure(stack: Construct, spec: DnsSpec): void {
  configureGoogle(stack, alias, { project: settingsOf(spec).project });
}

/** Address records in an existing zone of Cloud DNS; several answers share by weight. */
function records(scope: Construct, id: string, spec: DnsSpec): void {
  const within = new Construct(scope, id);
  for (const record of spec.records) {
    new DnsRecordSet(within, record.name === '' ? 'apex' : record.name, {
      provider: googleOf(scope, alias),
      managedZone: settingsOf(spec).zone,
      name: [record.name, spec.domain, ''].filter((part, at) => part !== '' || at === 2).join('.'),
      type: 'A',
      ttl: record.ttlSeconds,
      ...answer(record),
    });
  }
}

function answer(record: DnsAddressRecord): Pick<DnsRecordSetConfig, 'rrdatas' | 'routingPolicy'> {
  const answers = record.answers.filter((one) => one.addresses.length > 0);
  if (answers.length === 1) return { rrdatas: [...(answers[0]?.addresses ?? [])] };
  const wrr = [...answers]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ weight, addresses }) => ({ weight, rrdatas: [...addresses] }));
  return { routingPolicy: { wrr } };
}

export const dns: DnsMember = { settings: gcpDnsSettings, configure, records };
