import type { AdapterFacts, Sourced } from '../../contract/facts';
import { nameLength } from './names';
import { idcfPrerequisites, privatePrerequisites } from './prerequisites';

const read = '2026-11-20';
const sourced = <T>(value: T, source: string): Sourced<T> => ({ value, source, read });

const shared = {
  reservedBlocks: sourced(
    ['169.254.169.254/32'],
    'Metadata address on networks without a virtual router; docs.cloudstack.apache.org, User-Data and Meta-Data',
  ),
  // The virtual router's HAProxy connects from the tier's gateway.
  healthCheckSources: sourced<readonly string[]>(
    [],
    'Load balancer rules live on the virtual router, inside the network',
  ),
  identity: 'bootstrap-token',
  balancer: {
    modes: ['balanced'],
    // Neither provider version has health check or stickiness policies; the router itself only connects (README).
    healthChecks: [],
    publicAddresses: 'allocated',
  },
  egress: 'native',
  vpn: { tunnelsPerPeerAddress: 1, outsideAddresses: 'hub' },
  detectionMs: {},
} as const satisfies Partial<AdapterFacts>;

const names = sourced(nameLength, 'RFC 1035, 2.3.4: the name is the host name');

export const idcfFacts: AdapterFacts = {
  ...shared,
  limits: {
    userDataBytes: sourced(24576, '32 KB of base64 by POST (2 KB by GET): qiita.com/edvakf, measured on IDCF in 2015'),
    nameLength: names,
  },
  addressSettings: ['adoptedNetwork', 'asn'],
  antiAffinity: 'unknown',
  zones: 1,
  hub: { kind: 'self-hosted', transit: true },
  paths: { vpn: 'self-hosted', segment: 'self-hosted' },
  prerequisites: idcfPrerequisites,
};

export const privateFacts: AdapterFacts = {
  ...shared,
  limits: {
    userDataBytes: sourced(
      24576,
      'vm.userdata.max.length, default 32768, is compared with the base64: apache/cloudstack UserDataManagerImpl',
    ),
    nameLength: names,
    drainSeconds: sourced(
      3600,
      'CloudStack sets no bound, but a group that drains scales in no direction (AutoScaleManagerImpl.doScaleDown): our bound',
    ),
  },
  addressSettings: [],
  antiAffinity: 'native',
  zones: 2,
  hub: { kind: 'none', transit: false },
  paths: {},
  prerequisites: privatePrerequisites,
};
