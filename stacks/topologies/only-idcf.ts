import { defineTopology } from '../topology/topology';
import { examplePlatform } from './sites/common';
import { idcfTokyo } from './sites/clouds';

/** The whole of `live` on IDCF alone; its state is kept elsewhere, in a store that exists. */
export default defineTopology({
  name: 'only-idcf',
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
    idcf: {
      number: 1,
      label: 'IDCF Tokyo, zone tesla',
      provider: 'cloudstack',
      profile: 'idcf',
      failureDomain: 'idcf-jp-east',
      store: 'elsewhere',
      adoptedNetwork: '10.66.0.0/20',
      settings: idcfTokyo,
    },
  },
  links: {},
  systems: {
    live: {
      kind: 'live',
      sites: ['idcf'],
      origin: { size: { vcpu: 8, memoryGiB: 8, diskGiB: 50, egressMbps: 4000 } },
      shards: { s1: { site: 'idcf' }, s2: { site: 'idcf' } },
      edge: {
        size: { vcpu: 8, memoryGiB: 8, diskGiB: 50, egressMbps: 4000 },
        egressMbps: 3000,
        drainSeconds: 1800,
      },
      edges: { idcf: { elastic: 'peak', count: 4 } },
    },
  },
});
