import { type Static, Type } from '@sinclair/typebox';
import { cpuLevels } from '../../contract/image';
import type { Site } from '../../contract/site';

const closed = { additionalProperties: false };
export const uuidPattern = '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$';

const uuid = (description: string) => Type.String({ pattern: uuidPattern, description });

/** An object that exists, by its UUID: names are ambiguous between zones and break on older servers. */
const named = (description: string) =>
  Type.Object(
    {
      id: uuid(description),
      name: Type.String({ minLength: 1, description: 'As the console shows it; for people only.' }),
    },
    closed,
  );

const MachineTypeSchema = Type.Object(
  {
    name: Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9.-]{0,30}$', description: 'Name of the type; permanent.' }),
    vcpu: Type.Integer({ minimum: 1, maximum: 512 }),
    memoryGiB: Type.Integer({ minimum: 1, maximum: 12288 }),
    egressMbps: Type.Integer({ minimum: 1, description: 'Sustained egress in Mbit/s: as contracted, or as measured.' }),
    offering: Type.Optional(uuid('Compute offering that exists; profile idcf.')),
    offerings: Type.Optional(
      Type.Object(
        { a: uuid('For half a.'), b: uuid('For half b.'), elastic: uuid('For autoscaled machines.') },
        { ...closed, description: 'Compute offerings that exist; profile private. Without them Watari makes three.' },
      ),
    ),
    cpu: Type.Optional(
      Type.Union(
        cpuLevels.map((level) => Type.Literal(level)),
        { description: 'What the oldest processor runs that a machine may come to stand on. Default x86-64-v2.' },
      ),
    ),
    cpuMHz: Type.Optional(
      Type.Integer({
        minimum: 100,
        maximum: 10000,
        description: 'Clock per virtual CPU of the offerings that Watari makes.',
      }),
    ),
  },
  closed,
);

const PrivateCloudSchema = Type.Object(
  {
    cluster: named('Cluster whose CPUs are overcommitted.'),
    cpuOvercommit: Type.Number({ minimum: 1, maximum: 16, description: 'Virtual CPU clock sold per physical clock.' }),
    hostTags: Type.Object(
      { a: Type.String({ minLength: 1 }), b: Type.String({ minLength: 1 }) },
      { ...closed, description: 'Host tag of each half: the hosts of one rack carry one of them.' },
    ),
    vpcOffering: named('VPC offering.'),
    networkOffering: named('Offering of the tiers; has load balancing and VmAutoScaling by VpcVirtualRouter.'),
    account: Type.Object(
      { name: Type.String({ minLength: 1 }), domainId: uuid('Domain of the account.') },
      { ...closed, description: 'Account that owns everything; conditions of autoscaling name it.' },
    ),
    buildNetwork: Type.Optional(named('Network with a way out, in which machines stand while images are built.')),
    egressCounter: uuid('Counter `public.network.transmit.average.mbps` of VpcVirtualRouter: cmk list counters.'),
  },
  closed,
);

const PlainTemplatesSchema = Type.Object(
  {
    'debian-12': Type.Optional(named("Debian's own cloud image.")),
    'debian-12-arm64': Type.Optional(named('The same for arm64.')),
    'windows-server-2022': Type.Optional(named('Windows Server 2022, with passwords set by the zone.')),
    'windows-server-2025': Type.Optional(named('Windows Server 2025, with passwords set by the zone.')),
  },
  { ...closed, description: 'Plain systems in the zone, to build images from there; machines never boot them.' },
);

/** `sites.<id>.settings` of both profiles; `network` belongs to idcf, `privateCloud` to private. */
export const settings = Type.Object(
  {
    apiUrl: Type.String({ pattern: '^https?://', description: 'Client API of the zone.' }),
    zone: named('Zone.'),
    templates: Type.Optional(PlainTemplatesSchema),
    machineTypes: Type.Array(MachineTypeSchema, { minItems: 1 }),
    keypair: Type.Optional(Type.String({ minLength: 1, description: 'SSH key pair for emergencies, by name.' })),
    network: Type.Optional(named('Adopted network; profile idcf.')),
    privateCloud: Type.Optional(PrivateCloudSchema),
  },
  closed,
);

/** This provider's end of a segment: the adopted network of the virtual bridge. */
export const circuitEnd = Type.Object({ network: named('Network that the virtual bridge stretches.') }, closed);

export type CloudstackSettings = Static<typeof settings>;
export type MachineTypeSettings = Static<typeof MachineTypeSchema>;
export type PrivateCloud = Static<typeof PrivateCloudSchema>;
export type SegmentEnd = Static<typeof circuitEnd>;

export function settingsOf(site: Site): CloudstackSettings {
  return site.settings as CloudstackSettings;
}

/** @throws Error on a site that `check` has not passed */
export function privateCloudOf(site: Site): PrivateCloud {
  const { privateCloud } = settingsOf(site);
  if (!privateCloud) throw new Error(`Site ${site.id} has no privateCloud settings`);
  return privateCloud;
}

export function isPrivate(site: Site): boolean {
  return site.profile === 'private';
}
