import type {
  ErrorText,
  ProviderSimulation,
  SimulatedError,
  SimulatedFunction,
  SimulatedObject,
  SimulatedResource,
  SimulationContext,
} from '../../../contract/simulation';

/** MAAS answers with a map of fields to messages, which the client puts in brackets behind the status. */
const badRequest = (fields: Readonly<Record<string, string>>, attribute?: string): SimulatedError => ({
  summary: `ServerError: 400 Bad Request (${JSON.stringify(Object.fromEntries(Object.entries(fields).map(([key, text]) => [key, [text]])))})`,
  ...(attribute === undefined ? {} : { attribute }),
});
const conflict = (text: string): SimulatedError => ({ summary: `ServerError: 409 Conflict (${text})` });

const subnetMissing: ErrorText = ({ value }) => ({ summary: `subnet (${value}) was not found` });
const vlanMissing: ErrorText = ({ value }) => ({ summary: `vlan (${value}) was not found` });
const tagMissing: ErrorText = ({ value }) => badRequest({ tags: `No such tag(s): '${value}'.` });
const cidrTaken: ErrorText = () => badRequest({ cidr: 'Subnet with this Cidr already exists.' }, 'cidr');
const vidTaken: ErrorText = () =>
  badRequest({ vid: 'A VLAN with the specified VID already exists in the destination fabric.' }, 'vid');
const addressTaken: ErrorText = ({ value }) => ({
  summary: `ServerError: 503 Service Unavailable (The IP address ${value} is already in use.)`,
  attribute: 'network_interfaces',
});
const addressOutside: ErrorText = ({ value }) =>
  badRequest({ ip_address: `IP address is not in the given subnet '${value}'.` }, 'network_interfaces');
const inUse: ErrorText = ({ self }) => ({
  summary: `ServerError: 400 Bad Request (Cannot delete ${self.type.replace('maas_', '')} ${self.id}: it is in use.)`,
});

const databaseId: SimulatedFunction<string> = (_self, context) => String(1000 + context.number(9_000_000));

/** Six letters and digits, as `4y3h7n`. */
const systemId: SimulatedFunction<string> = (_self, context) => context.hex(6);

const hostnameOf: SimulatedFunction<string> = (self, context) =>
  self.text('allocate_params.hostname') || freeMachines(self, context)[0] || `node-${context.hex(4)}`;

/** Machines that carry the wanted tag and are not allocated, by hostname. */
function freeMachines(self: SimulatedObject, context: SimulationContext): string[] {
  const tags = self.all('allocate_params.tags').map(String);
  const tagged = tags.map((tag) => context.find('maas_tag', { name: tag })?.all('machines').map(String) ?? []);
  const candidates = tagged.reduce((left, right) => left.filter((machine) => right.includes(machine)), tagged[0] ?? []);
  const busy = new Set(
    context
      .list('maas_instance')
      .filter((other) => other.id !== self.id)
      .map((other) => other.text('hostname')),
  );
  return [...candidates].sort().filter((machine) => !busy.has(machine));
}

const checkAllocation: SimulatedFunction<readonly SimulatedError[]> = (self, context) => {
  const hostname = self.text('allocate_params.hostname');
  const others = context.list('maas_instance').filter((other) => other.id !== self.id);
  const free = hostname
    ? !others.some((other) => other.text('hostname') === hostname)
    : freeMachines(self, context).length > 0;
  return free ? [] : [noMachine(self)];
};

function noMachine(self: SimulatedObject): SimulatedError {
  const zone = self.text('allocate_params.zone');
  const tags = self.all('allocate_params.tags').join(',');
  const name = self.text('allocate_params.hostname');
  const constraints = [name && `name=${name}`, tags && `tags=${tags}`, zone && `zone=${zone}`]
    .filter(Boolean)
    .join(' ');
  return conflict(`No available machine matches constraints: ${constraints}`);
}

const overlapping: SimulatedFunction<readonly SimulatedError[]> = (self, context) => {
  const same = context
    .list('maas_subnet_ip_range')
    .filter((other) => other.id !== self.id && other.text('subnet') === self.text('subnet'));
  const clash = same.some(
    (other) => other.text('start_ip') === self.text('start_ip') || other.text('end_ip') === self.text('end_ip'),
  );
  return clash
    ? [badRequest({ __all__: 'Requested reserved range conflicts with an existing range.' }, 'start_ip')]
    : [];
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
    references: { vlan: { to: 'maas_vlan', missing: vlanMissing } },
  },
  maas_subnet_ip_range: {
    id: databaseId,
    computed: { comment: () => '' },
    references: { subnet: { to: 'maas_subnet', missing: subnetMissing } },
    check: overlapping,
  },
  // A tag that exists is adopted by the provider, so its name is never taken.
  maas_tag: { id: (self) => self.text('name') },
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
  },
  maas_instance: {
    id: systemId,
    computed: {
      hostname: hostnameOf,
      fqdn: (self) => `${self.text('hostname')}.maas`,
      zone: (self) => self.text('allocate_params.zone') || 'default',
      pool: (self) => self.text('allocate_params.pool') || 'default',
      tags: (self) => self.all('allocate_params.tags'),
      cpu_count: () => 32,
      memory: () => 131_072,
      ip_addresses: (self) => self.all('network_interfaces.ip_address'),
    },
    references: {
      'allocate_params.tags': { to: 'maas_tag', by: 'name', missing: tagMissing },
      'network_interfaces.subnet_cidr': { to: 'maas_subnet', by: 'cidr', missing: subnetMissing },
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
    check: checkAllocation,
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
  errors: { inUse },
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
    {
      id: 'stock-series',
      types: ['maas_instance'],
      when: (self) => !self.text('deploy_params.distro_series').startsWith('custom/'),
      error: (self) =>
        badRequest(
          {
            distro_series: `'${self.text('deploy_params.distro_series')}' is not a valid distro_series.  It should be one of: '', 'ubuntu/jammy'.`,
          },
          'deploy_params',
        ),
    },
  ],
};
