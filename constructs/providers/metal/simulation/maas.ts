import type {
  ProviderSimulation,
  SimulatedError,
  SimulatedFunction,
  SimulatedResource,
} from '../../../contract/simulation';
import { toNumber } from '../../../util/cidr';
import { allocationErrors, knownMachines, machineFor, machineType, noMachine } from './maas-allocation';
import {
  addressOutside,
  addressTaken,
  bootDiskInUse,
  cidrTaken,
  diskInUse,
  invalidSeries,
  machineMissing,
  rangeTaken,
  subnetInUse,
  subnetMissing,
  tagMissing,
  vidTaken,
  vlanMissing,
} from './maas-errors';

const databaseId: SimulatedFunction<string> = (_self, context) => String(1000 + context.number(9_000_000));

/** The machine's own, six letters and digits: the same each time that it is given away. */
const systemId: SimulatedFunction<string> = (self, context) => machineFor(self, context)?.systemId ?? context.hex(6);

const overlapping: SimulatedFunction<readonly SimulatedError[]> = (self, context) => {
  const ends = (range: typeof self): readonly [number, number] => [
    toNumber(range.text('start_ip')),
    toNumber(range.text('end_ip')),
  ];
  const [first, last] = ends(self);
  const others = context.list('maas_subnet_ip_range', { subnet: self.text('subnet') });
  const clash = others
    .filter(({ id }) => id !== self.id)
    .map(ends)
    .some(([start, end]) => first <= end && start <= last);
  return clash ? [rangeTaken(self.text('type'))] : [];
};

/** The provider asks MAAS for every machine that a tag names. */
const strangers: SimulatedFunction<readonly SimulatedError[]> = (self, context) => {
  const known = knownMachines(context);
  const names = self.all('machines').map(String);
  return known ? names.filter((name) => !known.has(name)).map(machineMissing) : [];
};

/** Images that people uploaded; the seeds tell of them. */
export const bootResourceType = 'maas_boot_resource';

/** Only images of one's own are looked for: which series MAAS mirrors is the operator's affair. */
const imageMissing: SimulatedFunction<readonly SimulatedError[]> = (self, context) => {
  const series = self.text('deploy_params.distro_series');
  if (!series.startsWith('custom/') || context.find(bootResourceType, { name: series })) return [];
  return [invalidSeries(series, [...context.list(bootResourceType).map((one) => one.text('name')), 'ubuntu/jammy'])];
};

/** A disk is laid out, or given back, while its machine is Ready. */
const whileDeployed =
  (error: SimulatedError): SimulatedFunction<readonly SimulatedError[]> =>
  (self, context) => {
    const machine = self.text('machine');
    const deployed = context.list('maas_instance').some((one) => [one.id, one.text('hostname')].includes(machine));
    return deployed ? [error] : [];
  };

const resources: Readonly<Record<string, SimulatedResource>> = {
  maas_vlan: {
    id: databaseId,
    computed: {
      mtu: () => 1500,
      dhcp_on: () => false,
      space: () => 'undefined',
      name: (self) => `VLAN${self.number('vid')}`,
    },
    unique: [{ attributes: ['vid'], within: ['fabric'], taken: vidTaken }],
  },
  maas_subnet: {
    id: databaseId,
    computed: { gateway_ip: () => '', dns_servers: () => [] },
    unique: [{ attributes: ['cidr'], taken: cidrTaken }],
    // MAAS moves the subnets of a VLAN that goes to the fabric's default one (models/vlan.py, `manage_connected_subnets`).
    references: { vlan: { to: 'maas_vlan', holds: false, missing: vlanMissing } },
  },
  maas_subnet_ip_range: {
    id: databaseId,
    computed: { comment: () => '' },
    // A range goes with its subnet (models/iprange.py).
    references: { subnet: { to: 'maas_subnet', holds: false, missing: subnetMissing } },
    check: overlapping,
  },
  // A tag that exists is adopted by the provider, so its name is never taken.
  maas_tag: { id: (self) => self.text('name'), check: strangers },
  [machineType]: {},
  [bootResourceType]: {},
  maas_block_device: {
    id: databaseId,
    computed: {
      path: (self) => `/dev/disk/by-dname/${self.text('name')}`,
      uuid: (_self, context) => context.uuid(),
      model: () => '',
      serial: () => '',
      tags: () => [],
      'partitions.path': (self) => `/dev/disk/by-dname/${self.text('name')}-part`,
    },
    unique: [{ attributes: ['machine', 'name'] }],
    check: (self, context) => (self.flag('is_boot_device') ? whileDeployed(bootDiskInUse)(self, context) : []),
    checkDelete: whileDeployed(diskInUse),
  },
  maas_instance: {
    id: systemId,
    machineAddresses: ['network_interfaces.ip_address'],
    computed: {
      hostname: (self, context) => machineFor(self, context)?.hostname ?? '',
      fqdn: (self) => `${self.text('hostname')}.maas`,
      zone: (self, context) => machineFor(self, context)?.zone ?? (self.text('allocate_params.zone') || 'default'),
      pool: (self, context) => machineFor(self, context)?.pool ?? (self.text('allocate_params.pool') || 'default'),
      tags: (self, context) => machineFor(self, context)?.tags ?? [],
      cpu_count: (self, context) => machineFor(self, context)?.cpus ?? 32,
      memory: (self, context) => machineFor(self, context)?.memoryMiB ?? 131_072,
      ip_addresses: (self) => self.all('network_interfaces.ip_address'),
    },
    references: {
      'allocate_params.tags': { to: 'maas_tag', by: 'name', holds: false, missing: tagMissing },
      'network_interfaces.subnet_cidr': { to: 'maas_subnet', by: 'cidr', missing: subnetMissing, inUse: subnetInUse },
    },
    addresses: [
      {
        attribute: 'network_interfaces.ip_address',
        range: ({ subnet_cidr }) =>
          typeof subnet_cidr === 'string' ? { space: subnet_cidr, cidr: subnet_cidr } : undefined,
        outside: addressOutside,
        taken: addressTaken,
      },
    ],
    check: (self, context) =>
      context.before ? [] : [...allocationErrors(self, context), ...imageMissing(self, context)],
    seconds: { create: 600, delete: 120 },
  },
};

/** Any fabric that a topology names is there: it is adopted. */
const dataSources: NonNullable<ProviderSimulation['dataSources']> = {
  maas_fabric: { read: (_self, context) => ({ id: String(1 + context.number(900)) }) },
};

export const maas: ProviderSimulation = {
  provider: 'canonical/maas',
  scope: (provider) => ({ url: String(provider['api_url'] ?? '') }),
  apart: ['url'],
  resources,
  dataSources,
  prerequisites: [
    {
      id: 'maas-api-key',
      types: ['maas_*'],
      error: () => ({ summary: "ServerError: 401 Unauthorized (Authorization Error: 'Invalid access token.')" }),
    },
    {
      id: 'maas-fabric',
      types: ['maas_fabric'],
      error: (self) => ({ summary: `fabric (${self.text('name')}) was not found` }),
    },
    { id: 'commissioned-machines', types: ['maas_instance'], error: (self) => noMachine(self) },
  ],
};
