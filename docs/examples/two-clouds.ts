import { defineTopology } from '../../stacks/topology/topology';

/** Origins and edges on AWS, more edges on Google Cloud; states elsewhere. */
export default defineTopology({
  name: 'two-clouds',
  owner: 'streaming',
  cost: 'live',
  domain: 'example.com',
  addresses: { internal: '10.64.0.0/10' },
  operators: {
    sshAuthority: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEXAMPLEEXAMPLEEXAMPLEEXAMPLEEXAMPLEEXAMPLE operators',
    prefixes: ['10.0.0.0/16'],
  },
  stores: {
    osaka: {
      kind: 's3',
      bucket: 'example-two-clouds',
      region: 'ap-northeast-3',
      failureDomain: 'aws-osaka',
      adopted: false,
    },
  },
  sites: {
    aws: {
      number: 1,
      label: 'AWS Tokyo',
      provider: 'aws',
      failureDomain: 'aws-tokyo',
      store: 'osaka',
      settings: { region: 'ap-northeast-1', zones: ['apne1-az4', 'apne1-az1', 'apne1-az2'] },
    },
    gcp: {
      number: 2,
      label: 'Google Cloud Tokyo',
      provider: 'gcp',
      failureDomain: 'gcp-tokyo',
      store: 'osaka',
      settings: {
        project: 'example-live-tokyo',
        region: 'asia-northeast1',
        zones: ['asia-northeast1-a', 'asia-northeast1-b', 'asia-northeast1-c'],
      },
    },
  },
  links: {
    'aws-gcp': { layer: 3, ends: ['aws', 'gcp'], store: 'osaka', primary: { kind: 'vpn' }, single: true },
  },
  systems: {
    live: {
      kind: 'live',
      sites: ['aws', 'gcp'],
      origin: { size: { vcpu: 8, memoryGiB: 8, diskGiB: 50, egressMbps: 4000 } },
      shards: { s1: { site: 'aws' }, s2: { site: 'aws' } },
      edge: {
        size: { vcpu: 8, memoryGiB: 8, diskGiB: 50, egressMbps: 4000 },
        egressMbps: 3000,
        drainSeconds: 1800,
      },
      edges: { aws: { min: 2, max: 10 }, gcp: { min: 2, max: 10 } },
    },
  },
  dns: { provider: 'gcp', store: 'osaka', settings: { project: 'example-live-dns', zone: 'example-com' } },
});
