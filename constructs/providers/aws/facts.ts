import type { AdapterFacts, Prerequisite, TerminationNotice } from '../../contract/facts';
import prerequisites from './data/prerequisites.json';
import { heartbeatBounds } from './elastic';
import { reservedInsideBlocks } from './link-problems';
import { tagLength } from './naming';
import { deadPeerSeconds } from './vpn';

const read = '2026-11-20';
const circuitSettings = 'https://docs.aws.amazon.com/directconnect/latest/UserGuide/bgp-specific-settings.html';

/** https://docs.aws.amazon.com/autoscaling/ec2/userguide/retrieving-target-lifecycle-state-through-imds.html */
const terminationNotice: TerminationNotice = {
  url: 'http://169.254.169.254/latest/meta-data/autoscaling/target-lifecycle-state',
  equals: 'Terminated',
  token: {
    url: 'http://169.254.169.254/latest/api/token',
    headers: { 'X-aws-ec2-metadata-token-ttl-seconds': '300' },
    header: 'X-aws-ec2-metadata-token',
  },
};

/** What is true of AWS, with sources. */
export const facts: AdapterFacts = {
  limits: {
    userDataBytes: {
      value: 16384,
      source:
        'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-add-user-data.html (16 KB before base64)',
      read,
    },
    nameLength: {
      value: tagLength,
      source: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html (value of the tag Name)',
      read,
    },
    drainSeconds: {
      value: heartbeatBounds[1],
      source: 'https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_PutLifecycleHook.html (heartbeat timeout)',
      read,
    },
  },
  addressSettings: ['asn'],
  reservedBlocks: {
    value: reservedInsideBlocks,
    source: 'https://docs.aws.amazon.com/vpn/latest/s2svpn/VPNTunnels.html',
    read,
  },
  healthCheckSources: {
    value: [],
    source:
      'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html (from the balancer, in the subnets of the site)',
    read,
  },
  identity: 'native',
  antiAffinity: 'native',
  zones: 3,
  balancer: { modes: ['balanced'], healthChecks: ['http', 'tcp'], publicAddresses: 'allocated' },
  hub: { kind: 'native', transit: true },
  egress: 'native',
  paths: { circuit: 'native', vpn: 'native' },
  vpn: { tunnelsPerPeerAddress: 2, outsideAddresses: 'connection' },
  detectionMs: {
    vpn: {
      value: deadPeerSeconds * 1000,
      source: 'https://docs.aws.amazon.com/vpn/latest/s2svpn/VPNTunnels.html (dead peer detection, shortest)',
      read,
    },
  },
  circuitTimers: {
    bfd: { value: { intervalMs: 300, multiplier: 3 }, source: circuitSettings, read },
    holdMs: { value: 90_000, source: circuitSettings, read },
  },
  terminationNotice,
  prerequisites: prerequisites.list as readonly Prerequisite[],
};
