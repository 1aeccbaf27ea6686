import type { AdapterFacts, Sourced } from '../../contract/facts';
import { bfdTimers, holdSeconds } from './bgp';
import { bigipPrerequisites, commonPrerequisites } from './prerequisites';

const read = '2026-11-20';
const sourced = <T>(value: T, source: string): Sourced<T> => ({ value, source, read });

const common = {
  limits: {
    userDataBytes: sourced(
      65_536,
      'MAAS documents no limit; a bound of our own, far below what cloud-init reads from the metadata service',
    ),
    nameLength: sourced(63, 'RFC 1123 label, which MAAS enforces for host names'),
  },
  addressSettings: ['adoptedNetwork', 'asn', 'publicBlock', 'vlanBase'],
  reservedBlocks: sourced<readonly string[]>(['127.0.0.0/8', '169.254.0.0/16', '224.0.0.0/4'], 'RFC 6890'),
  healthCheckSources: sourced<readonly string[]>([], 'the balancers’ own addresses in the balancer tier'),
  // A machine has its cloud-init data once, at deployment, and no identity that another service would trust.
  identity: 'bootstrap-token',
  // Each machine is a host of its own, in the rack of its half.
  antiAffinity: 'native',
  zones: 2,
  hub: { kind: 'native', transit: true },
  egress: 'self-hosted',
  paths: { circuit: 'native', segment: 'native', vpn: 'self-hosted' },
  vpn: { tunnelsPerPeerAddress: 1, outsideAddresses: 'hub' },
  detectionMs: {
    segment: sourced(holdSeconds * 1000, 'BGP hold time that the adapter sets (RFC 4271, 4.2)'),
  },
  circuitTimers: {
    bfd: sourced(
      { intervalMs: bfdTimers.minimumInterval, multiplier: bfdTimers.multiplier },
      'the timers that the adapter sets',
    ),
    holdMs: sourced(holdSeconds * 1000, 'BGP hold time that the adapter sets where there is no BFD'),
  },
} satisfies Omit<AdapterFacts, 'balancer' | 'prerequisites'>;

/** Two racks with a BIG-IP pair. */
export const bigipFacts: AdapterFacts = {
  ...common,
  balancer: { modes: ['active-standby', 'balanced'], healthChecks: ['http', 'tcp'], publicAddresses: 'planned' },
  prerequisites: [...commonPrerequisites, ...bigipPrerequisites],
};

/** Two racks; pairs of machines with HAProxy and keepalived balance. */
export const softwareFacts: AdapterFacts = {
  ...common,
  balancer: { modes: [], healthChecks: [], publicAddresses: 'planned' },
  prerequisites: commonPrerequisites,
};
