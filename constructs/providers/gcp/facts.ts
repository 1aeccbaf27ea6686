import type { AdapterFacts, Sourced } from '../../contract/facts';
import { probeSources } from './health';
import { nameLength } from './names';
import { prerequisites } from './prerequisites';
import { bfd } from './session';

const read = '2026-11-20';
const sourced = <T>(value: T, source: string): Sourced<T> => ({ value, source, read });
/** Three keepalives of 20 s: no session here sets other timers. */
const holdMs = 60_000;

export const facts: AdapterFacts = {
  limits: {
    userDataBytes: sourced(256 * 1024, 'https://cloud.google.com/compute/docs/metadata/setting-custom-metadata'),
    // The platform's and the site's names stand before it; longer ones end in a hash.
    nameLength: sourced(nameLength, 'https://cloud.google.com/compute/docs/naming-resources'),
    drainSeconds: sourced(3600, 'https://cloud.google.com/load-balancing/docs/enabling-connection-draining'),
  },
  addressSettings: ['asn'],
  reservedBlocks: sourced(
    [
      '0.0.0.0/8',
      '35.199.192.0/19',
      '127.0.0.0/8',
      '169.254.169.252/30',
      '199.36.153.4/30',
      '199.36.153.8/30',
      '224.0.0.0/4',
    ],
    'https://cloud.google.com/vpc/docs/subnets#prohibited-ipv4-ranges',
  ),
  healthCheckSources: sourced(
    [...new Set([...probeSources.internal, ...probeSources.public])].sort(),
    'https://cloud.google.com/load-balancing/docs/firewall-rules',
  ),
  identity: 'native',
  antiAffinity: 'native',
  zones: 3,
  balancer: { modes: ['balanced', 'active-standby'], healthChecks: ['http', 'tcp'], publicAddresses: 'allocated' },
  hub: { kind: 'native', transit: false },
  egress: 'native',
  paths: { vpn: 'native', circuit: 'native' },
  vpn: { tunnelsPerPeerAddress: 1, outsideAddresses: 'hub' },
  detectionMs: {
    vpn: sourced(holdMs, 'https://cloud.google.com/network-connectivity/docs/router/concepts/overview#bgp-timers'),
  },
  circuitTimers: {
    bfd: sourced(
      { intervalMs: bfd.minTransmitInterval, multiplier: bfd.multiplier },
      'https://cloud.google.com/network-connectivity/docs/router/concepts/bfd (the shortest)',
    ),
    holdMs: sourced(
      holdMs,
      'https://registry.terraform.io/providers/hashicorp/google/6.50.0/docs/resources/compute_router, bgp.keepalive_interval (three times its default of 20 s)',
    ),
  },
  prerequisites,
};
