import { defineTopology } from '../topology/topology';
import { examplePlatform } from './sites/common';
import { gcpTokyo } from './sites/clouds';

/** The whole of `live` on Google Cloud alone; its state is kept elsewhere, in a store that exists. */
export default defineTopology({
  name: 'only-gcp',
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
    gcp: {
      number: 1,
      label: 'Google Cloud Tokyo',
      provider: 'gcp',
      failureDomain: 'gcp-tokyo',
      store: 'elsewhere',
      settings: gcpTokyo,
    },
  },
  links: {},
  systems: {
    live: {
      kind: 'live',
      sites: ['gcp'],
      origin: { size: { vcpu: 8, memoryGiB: 8, diskGiB: 50, egressMbps: 4000 } },
      shards: { s1: { site: 'gcp' }, s2: { site: 'gcp' } },
      edge: {
        size: { vcpu: 8, memoryGiB: 8, diskGiB: 50, egressMbps: 4000 },
        egressMbps: 3000,
        drainSeconds: 1800,
      },
      edges: { gcp: { min: 2, max: 10 } },
    },
  },
});
