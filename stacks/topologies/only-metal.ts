import { defineTopology } from '../topology/topology';
import { examplePlatform } from './sites/common';
import { plainCageSettings } from './sites/cage';

/** The whole of `live` on own hardware, without a hardware balancer, alone; its state is kept elsewhere, in a store that exists. */
export default defineTopology({
  name: 'only-metal',
  ...examplePlatform,
  stores: {
    elsewhere: {
      kind: 's3',
      bucket: 'example-watari-states',
      region: 'ap-northeast-3',
      failureDomain: 'aws-osaka',
      adopted: true,
    },
  },
  sites: {
    cage: {
      number: 1,
      label: 'Tokyo cage',
      provider: 'metal',
      profile: 'software',
      failureDomain: 'tokyo-cage',
      store: 'elsewhere',
      publicBlock: '203.0.113.0/24',
      settings: plainCageSettings,
    },
  },
  links: {},
  systems: {
    live: {
      kind: 'live',
      sites: ['cage'],
      origin: { size: { vcpu: 8, memoryGiB: 8, diskGiB: 100, egressMbps: 4000 } },
      shards: { s1: { site: 'cage' }, s2: { site: 'cage' } },
      edge: {
        size: { vcpu: 8, memoryGiB: 8, diskGiB: 100, egressMbps: 4000 },
        egressMbps: 3000,
        drainSeconds: 1800,
      },
      edges: { cage: { elastic: 'peak', count: 4 } },
    },
  },
});
