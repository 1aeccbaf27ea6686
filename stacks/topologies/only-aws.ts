import { defineTopology } from '../topology/topology';
import { examplePlatform } from './sites/common';
import { awsTokyo } from './sites/clouds';

/** The whole of `live` on AWS alone; its state is kept elsewhere, in a store that exists. */
export default defineTopology({
  name: 'only-aws',
  ...examplePlatform,
  stores: {
    elsewhere: { kind: 'gcs', bucket: 'example-watari-states-tw', failureDomain: 'gcp-taiwan', adopted: true },
  },
  sites: {
    aws: {
      number: 1,
      label: 'AWS Tokyo',
      provider: 'aws',
      failureDomain: 'aws-tokyo',
      store: 'elsewhere',
      settings: awsTokyo,
    },
  },
  links: {},
  systems: {
    live: {
      kind: 'live',
      sites: ['aws'],
      origin: { size: { vcpu: 8, memoryGiB: 8, diskGiB: 50, egressMbps: 4000 } },
      shards: { s1: { site: 'aws' }, s2: { site: 'aws' } },
      edge: {
        size: { vcpu: 8, memoryGiB: 8, diskGiB: 50, egressMbps: 4000 },
        egressMbps: 3000,
        drainSeconds: 1800,
      },
      edges: { aws: { min: 2, max: 10 } },
    },
  },
});
