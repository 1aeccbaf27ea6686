import { defineTopology } from '../topology/topology';
import { cageSettings } from './sites/cage';
import { awsTokyo, devCloud, gcpTokyo, idcfTokyo } from './sites/clouds';

/**
 * The platform as it is run: origins on bare metal behind a hardware balancer pair, edges in three clouds, links between
 * them, a private cloud for development, global names outside of it all. Move an edge fleet or a shard by changing the
 * name of its site under `systems`.
 */
export default defineTopology({
  name: 'reference',
  owner: 'streaming',
  cost: 'live',
  domain: 'example.com',
  addresses: { internal: '10.64.0.0/10', reserved: ['10.0.0.0/16'] },
  operators: {
    sshAuthority: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEXAMPLEEXAMPLEEXAMPLEEXAMPLEEXAMPLEEXAMPLE operators',
    prefixes: ['10.0.0.0/16'],
  },

  stores: {
    osaka: {
      kind: 's3',
      bucket: 'example-watari-states',
      region: 'ap-northeast-3',
      failureDomain: 'aws-osaka',
      adopted: true,
    },
    taiwan: { kind: 'gcs', bucket: 'example-watari-states-tw', failureDomain: 'gcp-taiwan', adopted: true },
  },

  sites: {
    cage: {
      number: 1,
      label: 'Tokyo cage',
      provider: 'metal',
      profile: 'bigip',
      failureDomain: 'tokyo-cage',
      store: 'osaka',
      replacements: ['gcp', 'aws'],
      publicBlock: '203.0.113.0/24',
      settings: cageSettings,
    },
    idcf: {
      number: 2,
      label: 'IDCF Tokyo, zone tesla',
      provider: 'cloudstack',
      profile: 'idcf',
      failureDomain: 'idcf-jp-east',
      store: 'osaka',
      adoptedNetwork: '10.66.0.0/20',
      settings: idcfTokyo,
    },
    gcp: {
      number: 3,
      label: 'Google Cloud Tokyo',
      provider: 'gcp',
      failureDomain: 'gcp-tokyo',
      store: 'osaka',
      settings: gcpTokyo,
    },
    aws: {
      number: 4,
      label: 'AWS Tokyo',
      provider: 'aws',
      failureDomain: 'aws-tokyo',
      store: 'taiwan',
      settings: awsTokyo,
    },
    dev: {
      number: 5,
      label: 'Development cloud',
      provider: 'cloudstack',
      profile: 'private',
      failureDomain: 'tokyo-office',
      store: 'taiwan',
      settings: devCloud,
    },
  },

  links: {
    'cage-gcp': {
      layer: 3,
      ends: ['cage', 'gcp'],
      store: 'osaka',
      primary: {
        kind: 'circuit',
        mtu: 1500,
        bfd: true,
        circuits: {
          1: {
            half: 'a',
            vlan: 1001,
            addresses: { cage: '169.254.200.2/29', gcp: '169.254.200.1/29' },
            ends: {
              cage: { port: 'xe-0/0/44' },
              gcp: { attachment: 'cage-1', type: 'DEDICATED', edgeAvailabilityDomain: 1 },
            },
          },
          2: {
            half: 'b',
            vlan: 1002,
            addresses: { cage: '169.254.200.10/29', gcp: '169.254.200.9/29' },
            ends: {
              cage: { port: 'xe-0/0/44' },
              gcp: { attachment: 'cage-2', type: 'DEDICATED', edgeAvailabilityDomain: 2 },
            },
          },
        },
      },
      backup: { kind: 'vpn' },
    },
    'cage-aws': {
      layer: 3,
      ends: ['cage', 'aws'],
      store: 'osaka',
      primary: {
        kind: 'circuit',
        mtu: 8500,
        bfd: true,
        circuits: {
          1: {
            half: 'a',
            vlan: 1101,
            addresses: { cage: '169.254.201.2/30', aws: '169.254.201.1/30' },
            ends: { cage: { port: 'xe-0/0/45' }, aws: { connection: 'dxcon-ffabc123', asn: 64900 } },
          },
          2: {
            half: 'b',
            vlan: 1102,
            addresses: { cage: '169.254.201.6/30', aws: '169.254.201.5/30' },
            ends: { cage: { port: 'xe-0/0/45' }, aws: { connection: 'dxcon-ffabc124', asn: 64900 } },
          },
        },
      },
      backup: { kind: 'vpn' },
    },
    'cage-idcf': {
      layer: 2,
      ends: ['cage', 'idcf'],
      store: 'osaka',
      // The virtual bridge is one contract with one port: there is no second path.
      single: true,
      primary: {
        kind: 'segment',
        vlan: 700,
        mtu: 1450,
        ends: {
          cage: { port: 'xe-0/0/46' },
          idcf: { network: { id: '31625281-b275-41a9-8e51-80320db4cf80', name: 'virtual bridge to the cage' } },
        },
      },
    },
    'aws-gcp': { layer: 3, ends: ['aws', 'gcp'], store: 'osaka', primary: { kind: 'vpn' }, single: true },
    'gcp-idcf': { layer: 3, ends: ['gcp', 'idcf'], store: 'osaka', primary: { kind: 'vpn' }, single: true },
    'aws-idcf': { layer: 3, ends: ['aws', 'idcf'], store: 'taiwan', primary: { kind: 'vpn' }, single: true },
  },

  systems: {
    live: {
      kind: 'live',
      sites: ['cage', 'idcf', 'gcp', 'aws'],
      origin: { size: { vcpu: 8, memoryGiB: 8, diskGiB: 100, egressMbps: 4000 } },
      shards: {
        s1: { site: 'cage' },
        s2: { site: 'cage' },
        s3: { site: 'cage' },
        s4: { site: 'cage' },
      },
      edge: {
        size: { vcpu: 8, memoryGiB: 8, diskGiB: 50, egressMbps: 4000 },
        egressMbps: 3000,
        drainSeconds: 1800,
      },
      edges: {
        gcp: { min: 3, max: 30 },
        aws: { min: 3, max: 30 },
        idcf: { elastic: 'peak', count: 4 },
      },
    },
    'live-dev': {
      kind: 'live',
      sites: ['dev'],
      origin: { size: { vcpu: 2, memoryGiB: 4, diskGiB: 40, egressMbps: 500 } },
      shards: { s1: { site: 'dev' } },
      edge: {
        size: { vcpu: 2, memoryGiB: 4, diskGiB: 40, egressMbps: 500 },
        egressMbps: 400,
        drainSeconds: 300,
      },
      edges: { dev: { min: 1, max: 4 } },
    },
  },

  dns: {
    provider: 'gcp',
    store: 'osaka',
    settings: { project: 'example-live-dns', zone: 'example-com' },
  },
});
