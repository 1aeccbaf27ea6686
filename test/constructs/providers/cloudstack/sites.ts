import { planSite } from '../../../../constructs/addresses';
import type { MachineSpec } from '../../../../constructs/contract/machines';
import type { Site } from '../../../../constructs/contract/site';
import { cloudstack } from '../../../../constructs/providers/cloudstack';
import type { CloudstackSettings } from '../../../../constructs/providers/cloudstack/settings';
import { imageOf } from '../../../support/images';

export const uuid = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

const common = {
  platform: 'test',
  labels: { owner: 'streaming', cost: 'live' },
  supernet: '10.64.0.0/10',
  asn: 64515,
  operators: ['10.64.0.0/24'],
};

export const idcfSettings: CloudstackSettings = {
  apiUrl: 'https://compute.jp-east.idcfcloud.com/client/api',
  zone: { id: uuid(1), name: 'tesla' },
  templates: { 'debian-12': { id: uuid(2), name: 'debian-12-generic' } },
  machineTypes: [
    { name: 'standard.S8', vcpu: 1, memoryGiB: 8, egressMbps: 400, offering: uuid(3) },
    { name: 'standard.L16', vcpu: 4, memoryGiB: 16, egressMbps: 1000, offering: uuid(4) },
  ],
  network: { id: uuid(5), name: 'live' },
};

export const idcf: Site<CloudstackSettings> = {
  ...common,
  id: 'idcf',
  label: 'IDCF',
  provider: 'cloudstack',
  profile: 'idcf',
  settings: idcfSettings,
  plan: planSite({ id: 'idcf', number: 3, supernet: common.supernet, adopted: '10.32.0.0/21', vlanBase: 100 }),
};

export const privateSettings: CloudstackSettings = {
  apiUrl: 'https://cloud.dev.example/client/api',
  zone: { id: uuid(11), name: 'office' },
  templates: { 'debian-12': { id: uuid(12), name: 'debian-12-generic' } },
  machineTypes: [{ name: 'small', vcpu: 2, memoryGiB: 4, egressMbps: 500, cpuMHz: 2000 }],
  privateCloud: {
    cluster: { id: uuid(13), name: 'dev' },
    cpuOvercommit: 4,
    hostTags: { a: 'rack-a', b: 'rack-b' },
    vpcOffering: { id: uuid(14), name: 'Default VPC offering' },
    networkOffering: { id: uuid(15), name: 'Tiers with autoscaling' },
    account: { name: 'live', domainId: uuid(16) },
    buildNetwork: { id: uuid(18), name: 'builds' },
    egressCounter: uuid(17),
  },
};

export const dev: Site<CloudstackSettings> = {
  ...common,
  id: 'dev',
  label: 'Development',
  provider: 'cloudstack',
  profile: 'private',
  settings: privateSettings,
  plan: planSite({ id: 'dev', number: 5, supernet: common.supernet, vlanBase: 100 }),
};

export function machine(site: Site, change: Partial<MachineSpec> = {}): MachineSpec {
  return {
    name: 'live-origin-s1-a',
    role: 'origin',
    half: 'a',
    tier: 'origin',
    address: site.plan.machine('origin', 'a', 1),
    size: { vcpu: 1, memoryGiB: 4, diskGiB: 40, egressMbps: 200 },
    image: imageOf('origin'),
    userData: '#cloud-config\nhostname: origin\n# ${not} an expression\n',
    antiAffinity: 'live-origin-s1',
    stateful: false,
    public: false,
    router: false,
    ...change,
  };
}

/** Images in the cloud of an API: what there is before anybody deploys. */
export const imagesAt = (apiUrl: string) =>
  cloudstack.seeds({ ...idcf, settings: { ...idcfSettings, apiUrl } }, [imageOf('origin')]);
