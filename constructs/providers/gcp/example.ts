import type { SiteExample } from '../../contract/adapter';
import type { GcpCircuitEnd, GcpDnsSettings, GcpSettings, GcpStateStoreSettings } from './settings';

const attachment = (name: string, edgeAvailabilityDomain: 1 | 2): GcpCircuitEnd => ({
  attachment: name,
  type: 'DEDICATED',
  edgeAvailabilityDomain,
});

/** A site in Tokyo for the conformance suite. */
export const examples = {
  standard: {
    settings: {
      project: 'example-live',
      region: 'asia-northeast1',
      zones: ['asia-northeast1-a', 'asia-northeast1-b', 'asia-northeast1-c'],
      // A role with a machine type of its own.
      machineTypes: { gateway: 'n2-standard-4' },
      operators: ['group:operators@example.com'],
    } satisfies GcpSettings,
    circuits: { a: attachment('line-a', 1), b: attachment('line-b', 2) },
    dns: { project: 'example-live', zone: 'example-com' } satisfies GcpDnsSettings,
    stateStore: { project: 'example-live', location: 'ASIA1' } satisfies GcpStateStoreSettings,
  },
} satisfies Record<string, SiteExample>;
