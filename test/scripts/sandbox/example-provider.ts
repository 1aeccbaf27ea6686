import type { ProviderSimulation, SimulatedResource } from '../../../constructs/contract/simulation';
import type { AttributeFacts, ProviderFacts, TypeFacts } from '../../../scripts/sandbox/facts';

const required: AttributeFacts = { type: 'string', required: true };
const optional: AttributeFacts = { type: 'string', optional: true };
const computed: AttributeFacts = { type: 'string', computed: true };
const either: AttributeFacts = { type: 'string', optional: true, computed: true };
const number: AttributeFacts = { type: 'number', optional: true };

/** Marks of the older SDK. */
const id = either;
const tags: AttributeFacts = { type: ['map', 'string'], optional: true };

const network: TypeFacts = {
  block: { attributes: { id, name: required, cidr: required, description: optional, tags, link: computed } },
  force_new: ['cidr', 'name'],
  defaults: { description: 'Made by hand' },
  rules: { cidr: { format: 'cidr' }, name: { pattern: '^[a-z][-a-z0-9]*$', max_length: 20 } },
};

const machine: TypeFacts = {
  block: {
    attributes: {
      id,
      name: required,
      size: optional,
      network_id: required,
      address: either,
      cpus: number,
      image: optional,
      image_family: optional,
      version: { type: 'number', computed: true },
      tags_all: { type: ['map', 'string'], computed: true },
      tags,
    },
    block_types: {
      disk: {
        nesting_mode: 'list',
        block: { attributes: { size: { type: 'number', required: true }, kind: optional, serial: computed } },
      },
      port: {
        nesting_mode: 'set',
        block: { attributes: { number: { type: 'number', required: true }, protocol: optional, rule: computed } },
      },
    },
  },
  force_new: ['disk.kind', 'image', 'network_id'],
  defaults: { size: 'small' },
  rules: {
    size: { one_of: ['small', 'large'] },
    cpus: { min: 1, max: 64 },
    image: { conflicts_with: ['image_family'] },
    'disk.kind': { default: 'plain', one_of: ['plain', 'fast'] },
    'port.protocol': { default: 'tcp' },
  },
};

/** Written with the newer framework: no optional id, nested attributes. */
const group: TypeFacts = {
  block: {
    attributes: {
      id: computed,
      name: required,
      capacity: { type: 'number', required: true },
      protected: { type: 'bool', optional: true, computed: true },
      members: { type: ['list', 'string'], computed: true },
      probe: {
        optional: true,
        nested_type: {
          nesting_mode: 'single',
          attributes: { path: required, port: { type: 'number', optional: true, computed: true } },
        },
      },
    },
  },
  force_new: ['name'],
  defaults: { protected: false },
  rules: { 'probe.port': { default: 80 } },
};

const zone: TypeFacts = { block: { attributes: { id, name: required, location: computed } } };

/** A small provider of no particular cloud. */
export const exampleFacts: ProviderFacts = {
  provider: 'example/cloud',
  version: '1.2.3',
  provider_config: { attributes: { region: optional, labels: { type: ['map', 'string'], optional: true } } },
  resources: { cloud_network: network, cloud_machine: machine, cloud_group: group },
  data_sources: { cloud_zone: zone, cloud_network: network },
};

const machineBehaviour: SimulatedResource = {
  id: (_self, context) => `m-${context.hex(10)}`,
  computed: {
    'disk.serial': (_self, context, { index }) => `disk-${context.hex(6, `disk ${index}`)}`,
    'port.rule': (_self, context, { attributes }) => `rule-${context.hex(6, `port ${attributes['number']}`)}`,
    version: (_self, context) => (context.before?.number('version') ?? 0) + 1,
  },
  renewed: { version: [] },
  planned: {
    tags_all: (self, context) => ({ ...(context.provider['labels'] as object), ...(self.value('tags') as object) }),
  },
  references: { network_id: { to: 'cloud_network' } },
  unique: [{ attributes: ['name'], within: ['region'] }],
  addresses: [
    {
      attribute: 'address',
      range: (_block, self, context) => {
        const found = context.find('cloud_network', self.text('network_id'));
        return found && { space: found.id, cidr: found.text('cidr'), first: 2 };
      },
      allocate: true,
    },
  ],
};

export const exampleSimulation: ProviderSimulation = {
  provider: 'example/cloud',
  scope: (provider) => ({ region: String(provider['region'] ?? 'here') }),
  resources: {
    cloud_network: {
      id: (self) => `networks/${self.scope['region']}/${self.text('name')}`,
      computed: { link: (self) => `https://cloud.example/${self.id}` },
    },
    cloud_machine: machineBehaviour,
    cloud_group: {
      id: (_self, context) => `group-${context.hex(8)}`,
      renewed: { members: ['capacity'] },
      observed: { members: (self, context) => context.made(self, 'member').map(({ id: member }) => member) },
      effects: (self) =>
        Array.from({ length: self.number('capacity') }, (_, at) => ({
          ...{ type: 'member', key: String(at), id: `${self.id}-${at}` },
          attributes: { group: self.id },
        })),
      checkDelete: (self) => (self.flag('protected') ? [{ summary: `${self.text('name')} is protected` }] : []),
    },
  },
  dataSources: { cloud_zone: { of: 'zone' } },
  seeds: [{ type: 'zone', id: 'z1', attributes: { name: 'north', location: 'Kitami' } }],
  quotas: [{ id: 'CPUS', limit: 8, within: ['region'], use: { cloud_machine: (self) => self.number('cpus') } }],
  prerequisites: [
    {
      id: 'machine-api',
      types: ['cloud_machine'],
      error: (self) => ({ summary: `Error 403: the machine API is off in ${self.scope['region']}` }),
    },
  ],
  errors: {
    missing: ({ attribute, value }) => ({ summary: `Error 404: ${value} was not found`, attribute }),
    inUse: ({ self, other }) => ({ summary: `Error 400: ${self.id} is already being used by ${other?.id}` }),
    taken: ({ value }) => ({ summary: `Error 409: ${value} already exists` }),
  },
};
