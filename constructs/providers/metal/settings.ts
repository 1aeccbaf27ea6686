import { type Static, type TSchema, Type } from '@sinclair/typebox';
import { cpuLevels } from '../../contract/image';
import type { Site } from '../../contract/site';
import { Address, Prefix } from '../../util/address-schema';
import modelFacts from './models.json';

const closed = { additionalProperties: false };
const hostname = (description: string) => Type.String({ pattern: '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$', description });
const portName = '^(ge|xe|et|mge|ae)-?[0-9]+(/[0-9]+/[0-9]+(:[0-3])?)?$';
/** Keys that do not match are errors: without `closed` JSON Schema lets them pass unchecked. */
const record = <T extends TSchema>(pattern: string, value: T, description: string) =>
  Type.Record(Type.String({ pattern }), value, { ...closed, description });
const mtu = Type.Integer({
  minimum: 576,
  maximum: 9170,
  description: 'Largest packet in bytes, without Ethernet header. Default 9000.',
});
const tier = Type.Union([
  Type.Literal('transit'),
  Type.Literal('balancer'),
  Type.Literal('origin'),
  Type.Literal('edge'),
  Type.Literal('public'),
]);

const partition = Type.Object(
  {
    sizeGigabytes: Type.Integer({ minimum: 1 }),
    fileSystem: Type.Union([Type.Literal('ext4'), Type.Literal('xfs'), Type.Literal('fat32'), Type.Literal('swap')]),
    mountPoint: Type.Optional(Type.String({ description: 'Absent for swap.' })),
    bootable: Type.Optional(Type.Boolean()),
  },
  closed,
);

const disk = Type.Object(
  {
    name: Type.String({ description: 'As MAAS names it: `sda`, `nvme0n1`.' }),
    idPath: Type.String({ pattern: '^/dev/', description: 'A path that no boot order changes.' }),
    sizeGigabytes: Type.Integer({ minimum: 1, description: 'Decimal gigabytes, as MAAS counts.' }),
    partitions: Type.Optional(
      Type.Array(partition, { description: 'Absent: the storage layout that MAAS gave at commissioning.' }),
    ),
  },
  closed,
);

const machineType = Type.Object(
  {
    vcpu: Type.Integer({ minimum: 1 }),
    memoryGiB: Type.Integer({ minimum: 1 }),
    diskGiB: Type.Integer({ minimum: 1 }),
    egressMbps: Type.Integer({ minimum: 1, description: 'What the network card and the port really give.' }),
    cpu: Type.Union(
      cpuLevels.map((level) => Type.Literal(level)),
      { description: 'What its processors run: it decides which image the machines boot.' },
    ),
    roles: Type.Optional(
      Type.Array(Type.String(), {
        description: 'Roles that may have it. Absent: all. Ports belong to a tier, so most types belong to a role.',
      }),
    ),
    interfaces: Type.Object(
      {
        tier: Type.String({
          description: 'Interface in the VLAN of its tier: `enp65s0f0`, or a bond made at commissioning.',
        }),
        public: Type.Optional(Type.String({ description: 'Interface in the public VLAN.' })),
      },
      closed,
    ),
    disk: Type.Optional(disk),
  },
  closed,
);

const machine = Type.Object(
  {
    rack: Type.Union([Type.Literal('a'), Type.Literal('b')]),
    type: Type.String({ description: 'A key of `machineTypes`.' }),
  },
  closed,
);

const maas = Type.Object(
  {
    url: Type.String({ pattern: '^https?://', description: 'Without the API path: `https://maas.example.net/MAAS`.' }),
    fabric: Type.String({ description: 'Adopted: the fabric of the racks.' }),
    zones: Type.Object(
      { a: Type.String(), b: Type.String() },
      { ...closed, description: 'Adopted: the MAAS zone of each rack.' },
    ),
    pool: Type.Optional(Type.String({ description: 'Adopted: the resource pool that machines are taken from.' })),
    dns: Type.Optional(Type.Array(Address('Name server of the tiers.'))),
  },
  closed,
);

const switchPort = Type.Object({ tier, to: Type.String({ minLength: 1, description: 'What is plugged in.' }) }, closed);
const trunkPort = Type.Object(
  {
    to: Type.String({ minLength: 1 }),
    tiers: Type.Optional(
      Type.Array(tier, { description: 'Absent: every VLAN of the switch (towards the other switch).' }),
    ),
  },
  closed,
);
const circuitPort = Type.Object({ to: Type.String({ minLength: 1 }), mtu: Type.Optional(mtu) }, closed);

const junosSwitch = Type.Object(
  {
    address: Address('Management address (NETCONF over SSH).'),
    model: Type.Union(Object.keys(modelFacts.models).map((name) => Type.Literal(name))),
    access: record(portName, switchPort, 'Untagged ports, by name.'),
    trunks: record(portName, trunkPort, 'Tagged ports, by name.'),
    circuits: Type.Optional(record(portName, circuitPort, 'Routed ports of ordered lines: a unit for each VLAN.')),
  },
  closed,
);

const box = Type.Object(
  {
    address: Address('Management address.'),
    hostname: Type.String({ pattern: '^[a-z0-9-]+(\\.[a-z0-9-]+)+$', description: 'Full name of the box.' }),
  },
  closed,
);

const balancers = Type.Object(
  {
    primary: Type.Union([Type.Literal('a'), Type.Literal('b')], {
      description: 'The box through which everything shared is written. Change it when that box is dead.',
    }),
    boxes: Type.Object({ a: box, b: box }, closed),
    interfaces: Type.Object(
      { balancer: Type.String(), public: Type.Optional(Type.String()) },
      { ...closed, description: 'Interfaces or trunks of the boxes, tagged: `1.1`.' },
    ),
    dns: Type.Array(Address('Name server.'), { minItems: 1 }),
    ntp: Type.Array(Type.String({ minLength: 1 }), { minItems: 1 }),
    licence: Type.Optional(
      Type.Union([Type.Literal('installed'), Type.Literal('registration-key')], {
        description:
          'registration-key: activated by the onboarding with the key in the variable of that box. Default: installed.',
      }),
    ),
  },
  closed,
);

const maker = (what: string) =>
  Type.Optional(
    Type.Union([Type.Literal('routers'), Type.Literal('switches')], {
      description: `Who does ${what}. Default: the router pair.`,
    }),
  );

/** `sites.<id>.settings` of a site on own hardware. */
export const metalSettings = Type.Object(
  {
    maas,
    machineTypes: record(
      '^[a-z][a-z0-9-]{0,30}$',
      machineType,
      'Machine types by the MAAS tag that their machines are given.',
    ),
    machines: record(
      '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$',
      machine,
      'The machines in the racks, by their hostname in MAAS.',
    ),
    pinned: Type.Optional(
      Type.Record(Type.String(), hostname('Hostname in MAAS.'), {
        description: 'Machines of the platform that must stand on one certain machine, by their name.',
      }),
    ),
    public: Type.Optional(
      Type.Object(
        {
          vlan: Type.Integer({ minimum: 2, maximum: 4094 }),
          cidr: Prefix('The site’s public block.'),
          gateway: Address('Router of the upstream in that block.'),
        },
        closed,
      ),
    ),
    switches: Type.Object({ a: junosSwitch, b: junosSwitch }, closed),
    nat: maker('address translation towards the internet'),
    ipsec: maker('IPsec towards other sites'),
    balancers: Type.Optional(balancers),
  },
  closed,
);

/** This provider's end of a circuit (a routed port) or of a segment (a tagged port that the link owns). */
export const metalCircuitEnd = Type.Object(
  {
    port: Type.String({
      pattern: portName,
      description: 'Port of the switch: for a circuit one of `circuits`, for a segment one that is free.',
    }),
    half: Type.Optional(
      Type.Union([Type.Literal('a'), Type.Literal('b')], {
        description: 'Segments only: the switch with the port. Default: a.',
      }),
    ),
  },
  closed,
);

export type MetalSettings = Static<typeof metalSettings>;
export type MetalSite = Site<MetalSettings>;
export type MetalCircuitEnd = Static<typeof metalCircuitEnd>;
export type MachineTypeSettings = MetalSettings['machineTypes'][string];
export type SwitchSettings = MetalSettings['switches']['a'];
export type BalancersSettings = NonNullable<MetalSettings['balancers']>;
export type PortTier = Static<typeof tier>;

/** The settings were checked against the schema when the topology was read. */
export function metalSite(site: Site): MetalSite {
  return site as MetalSite;
}
