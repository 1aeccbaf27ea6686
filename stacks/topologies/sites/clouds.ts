import type { SettingsOf } from '../../topology/topology';

export const gcpTokyo: SettingsOf<'gcp'> = {
  project: 'example-live-tokyo',
  region: 'asia-northeast1',
  zones: ['asia-northeast1-a', 'asia-northeast1-b', 'asia-northeast1-c'],
};

/** By zone id: names such as ap-northeast-1a mean another building in every account. */
export const awsTokyo: SettingsOf<'aws'> = {
  region: 'ap-northeast-1',
  zones: ['apne1-az4', 'apne1-az1', 'apne1-az2'],
};

/** Compute offerings of the zone, as `cmk list serviceofferings` shows them; its oldest hosts have AVX2. */
export const idcfTokyo: SettingsOf<'cloudstack'> = {
  apiUrl: 'https://compute.jp-east.idcfcloud.com/client/api',
  zone: { id: 'a117e75f-d02e-4074-806d-889c61261394', name: 'tesla' },
  templates: { 'debian-12': { id: '4d2b2f5e-7a0c-4d55-9a5c-1f9b7c1f0a01', name: 'debian-12-generic-20251006' } },
  network: { id: '8d6a4c52-2f7d-4f0e-8f3e-6b1e9a7c3d10', name: 'live' },
  machineTypes: [
    {
      name: 'standard.M8',
      vcpu: 2,
      memoryGiB: 8,
      egressMbps: 1000,
      cpu: 'x86-64-v3',
      offering: '1d7f2f0a-3a61-4c0c-9b53-0e4d1c2a5b01',
    },
    {
      name: 'highcpu.L8',
      vcpu: 8,
      memoryGiB: 8,
      egressMbps: 4000,
      cpu: 'x86-64-v3',
      offering: '1d7f2f0a-3a61-4c0c-9b53-0e4d1c2a5b02',
    },
    {
      name: 'highcpu.XL16',
      vcpu: 16,
      memoryGiB: 16,
      egressMbps: 8000,
      cpu: 'x86-64-v3',
      offering: '1d7f2f0a-3a61-4c0c-9b53-0e4d1c2a5b03',
    },
  ],
};

/** The development cloud: own CloudStack, four virtual CPUs sold for each physical one. */
export const devCloud: SettingsOf<'cloudstack'> = {
  apiUrl: 'https://cloud.dev.example.net/client/api',
  zone: { id: '2b6e9f04-51a3-4f1e-9a8e-1f6a0c7d2e20', name: 'dev' },
  templates: { 'debian-12': { id: '5e3c3a6f-8b1d-4e66-8b6d-2a0c8d2a1b02', name: 'debian-12-generic-20251006' } },
  machineTypes: [
    { name: 'small', vcpu: 2, memoryGiB: 4, egressMbps: 1000, cpuMHz: 2000 },
    { name: 'medium', vcpu: 4, memoryGiB: 8, egressMbps: 2000, cpuMHz: 2000 },
    { name: 'large', vcpu: 8, memoryGiB: 16, egressMbps: 10000, cpuMHz: 2000 },
  ],
  privateCloud: {
    cluster: { id: '7c1a0f3d-6d20-4c54-9f0c-3b8d5e6f7a30', name: 'dev-1' },
    cpuOvercommit: 4,
    hostTags: { a: 'rack-a', b: 'rack-b' },
    vpcOffering: { id: '9d2b1e4c-7e31-4d65-8a1d-4c9e6f708b40', name: 'Default VPC offering' },
    networkOffering: {
      id: '0e3c2f5d-8f42-4e76-9b2e-5d0f7a819c50',
      name: 'DefaultIsolatedNetworkOfferingForVpcNetworks',
    },
    account: { name: 'platform', domainId: '1f4d306e-9053-4f87-8c3f-6e108b92ad60' },
    buildNetwork: { id: '31625281-b275-41a9-8e51-80320db4cf99', name: 'builds' },
    egressCounter: '20514170-a164-4098-9d40-7f219ca3be70',
  },
};
