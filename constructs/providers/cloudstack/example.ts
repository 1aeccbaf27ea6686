import type { SiteExample } from '../../contract/adapter';
import type { CloudstackSettings, SegmentEnd } from './settings';

/** A plain template for each system and architecture. */
const plainTemplates: NonNullable<CloudstackSettings['templates']> = {
  'debian-12': { id: '4d2b2f5e-7a0c-4d55-9a5c-1f9b7c1f0a01', name: 'debian-12-generic-20251006' },
  'debian-12-arm64': { id: '4d2b2f5e-7a0c-4d55-9a5c-1f9b7c1f0a02', name: 'debian-12-generic-arm64-20251006' },
  'windows-server-2022': { id: '4d2b2f5e-7a0c-4d55-9a5c-1f9b7c1f0a03', name: 'Windows Server 2022' },
  'windows-server-2025': { id: '4d2b2f5e-7a0c-4d55-9a5c-1f9b7c1f0a04', name: 'Windows Server 2025' },
};

/** An adopted network of IDCF for the conformance suite; ids as `cmk list` shows them. */
const idcf: CloudstackSettings = {
  apiUrl: 'https://compute.jp-east.idcfcloud.com/client/api',
  zone: { id: 'a117e75f-d02e-4074-806d-889c61261394', name: 'tesla' },
  templates: plainTemplates,
  network: { id: '8d6a4c52-2f7d-4f0e-8f3e-6b1e9a7c3d10', name: 'live' },
  machineTypes: [
    { name: 'highcpu.L8', vcpu: 8, memoryGiB: 8, egressMbps: 4000, offering: '1d7f2f0a-3a61-4c0c-9b53-0e4d1c2a5b02' },
  ],
};

/** An own cloud for the conformance suite, its CPUs sold four times. */
const own: CloudstackSettings = {
  apiUrl: 'https://cloud.example.net/client/api',
  zone: { id: '2b6e9f04-51a3-4f1e-9a8e-1f6a0c7d2e20', name: 'dev' },
  templates: plainTemplates,
  machineTypes: [{ name: 'medium', vcpu: 4, memoryGiB: 8, egressMbps: 2000, cpuMHz: 2000 }],
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

const bridge: SegmentEnd = {
  network: { id: '31625281-b275-41a9-8e51-80320db4cf80', name: 'virtual bridge' },
};

export const examples = {
  idcf: { settings: idcf, adoptedNetwork: '10.65.0.0/20', segment: bridge },
  private: { settings: own },
} satisfies Record<string, SiteExample>;
