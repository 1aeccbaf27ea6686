import { defineTopology } from '../topology/topology';
import { examplePlatform } from './sites/common';
import { devCloud } from './sites/clouds';

/** The whole of `live` on an own CloudStack alone; its state is kept elsewhere, in a store that exists. */
export default defineTopology({
  name: 'only-private',
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
    dev: {
      number: 1,
      label: 'Private cloud',
      provider: 'cloudstack',
      profile: 'private',
      failureDomain: 'tokyo-office',
      store: 'elsewhere',
      settings: devCloud,
    },
  },
  links: {},
  systems: {
    live: {
      kind: 'live',
      sites: ['dev'],
      origin: { size: { vcpu: 4, memoryGiB: 8, diskGiB: 50, egressMbps: 2000 } },
      shards: { s1: { site: 'dev' }, s2: { site: 'dev' } },
      edge: {
        size: { vcpu: 4, memoryGiB: 8, diskGiB: 50, egressMbps: 2000 },
        egressMbps: 1500,
        drainSeconds: 1800,
      },
      edges: { dev: { min: 2, max: 10 } },
    },
  },
});
