import type { SiteExample } from '../../contract/adapter';
import type { AwsCircuitEnd, AwsDnsSettings, AwsSettings, AwsStoreSettings } from './settings';

const line = (connection: string): AwsCircuitEnd => ({ connection, asn: 64900 });

/** A site in Tokyo for the conformance suite. */
export const examples = {
  standard: {
    settings: { region: 'ap-northeast-1', zones: ['apne1-az4', 'apne1-az1', 'apne1-az2'] } satisfies AwsSettings,
    circuits: { a: line('dxcon-ffabc123'), b: line('dxcon-ffabc124') },
    dns: { zone: 'Z0123456789ABCDEFGHIJ' } satisfies AwsDnsSettings,
    stateStore: { region: 'ap-northeast-3' } satisfies AwsStoreSettings,
  },
} satisfies Record<string, SiteExample>;
