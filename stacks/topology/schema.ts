import { type Static, type TSchema, Type } from '@sinclair/typebox';
import { InterfaceAddress, Prefix } from '../../constructs/util/address-schema';
import { MonthlyCostSchema, SiteCostsSchema } from '../../constructs/util/price-schema';

/** The shape of a topology, once for the compiler, for run-time checks and for editors (JSON Schema). */
const closed = { additionalProperties: false };
export const sitePattern = '^[a-z][a-z0-9]{0,11}$';
export const shardPattern = '^s[1-9][0-9]?$';
/** Words joined by single hyphens: names of resources keep no other hyphens, and two names would become one. */
const hyphenated = (maxLength: number): string => `^(?=.{1,${maxLength}}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$`;

/** An object whose keys are ids; a key of another form is an error, not something that is overlooked. */
const keyed = <T extends TSchema>(pattern: string, value: T, options: object = {}) =>
  Type.Record(Type.String({ pattern }), value, { additionalProperties: false, ...options });
const positive = (description: string, maximum: number) => Type.Integer({ minimum: 1, maximum, description });

export const StoreSchema = Type.Object(
  {
    kind: Type.Union([Type.Literal('gcs'), Type.Literal('s3'), Type.Literal('http')]),
    bucket: Type.Optional(Type.String({ description: 'Bucket of a gcs or s3 store.' })),
    region: Type.Optional(Type.String({ description: 'Region of an s3 store, location of a gcs store.' })),
    project: Type.Optional(Type.String({ description: 'Project of a gcs store that Watari makes.' })),
    address: Type.Optional(
      Type.String({ pattern: '^https?://', description: "Address of an http store; the stack's id is appended." }),
    ),
    failureDomain: Type.String({ minLength: 1, description: 'What is lost together with this store.' }),
    adopted: Type.Boolean({ description: 'True: it exists. False: `watari bootstrap` makes it.' }),
  },
  closed,
);

export const SiteBaseSchema = Type.Object({
  number: positive('Permanent number of the site: its place in the address plan.', 63),
  label: Type.String({ minLength: 1, description: 'For people; may change.' }),
  failureDomain: Type.String({ minLength: 1, description: 'What is lost together with this site.' }),
  store: Type.String({ minLength: 1, description: "State store of the site's stacks: a key of `stores`." }),
  replacements: Type.Optional(
    Type.Array(Type.String({ pattern: sitePattern }), {
      description: 'Sites that would take over; the store shares no failure domain with them.',
    }),
  ),
  transit: Type.Optional(Type.Boolean({ description: 'May carry traffic between two of its links. Default false.' })),
  asn: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 4294967294,
      description: 'Autonomous system number of the hub. Default 64512 + number.',
    }),
  ),
  adoptedNetwork: Type.Optional(Prefix('Range of a network that exists: tiers become ranges of it.')),
  publicBlock: Type.Optional(Prefix('Public addresses that belong to the site itself.')),
  vlanBase: Type.Optional(
    Type.Integer({ minimum: 2, maximum: 4000, description: 'VLAN id of the first tier. Default 100.' }),
  ),
  retired: Type.Optional(
    Type.Boolean({ description: 'True: everything here is taken down; remove the site afterwards.' }),
  ),
  costs: Type.Optional(SiteCostsSchema),
});

export const SizeSchema = Type.Object(
  {
    vcpu: positive('Virtual CPUs.', 512),
    memoryGiB: positive('Memory in GiB.', 12288),
    diskGiB: positive('Root disk in GiB.', 65536),
    egressMbps: positive('Sustained egress in Mbit/s that the machine type must give.', 400000),
  },
  closed,
);

const weight = Type.Optional(
  Type.Integer({ minimum: 0, maximum: 255, description: 'Share of the viewers by DNS. Default: by capacity.' }),
);
export const ElasticEdgesSchema = Type.Object(
  { min: positive('Machines at least.', 1000), max: positive('Machines at most.', 1000), weight },
  closed,
);
export const PeakEdgesSchema = Type.Object(
  {
    elastic: Type.Literal('peak', {
      description: 'A fixed fleet, sized for the peak: for sites that cannot scale by themselves.',
    }),
    count: positive('Machines.', 500),
    weight,
  },
  closed,
);

export const LiveSchema = Type.Object(
  {
    kind: Type.Literal('live'),
    sites: Type.Array(Type.String({ pattern: sitePattern }), {
      uniqueItems: true,
      minItems: 1,
      description: 'Sites where this system has stacks. Take a site off this list only after its stacks are destroyed.',
    }),
    origin: Type.Object({ size: SizeSchema }, closed),
    edge: Type.Object(
      {
        size: SizeSchema,
        egressMbps: positive('Egress in Mbit/s at which one edge is full.', 400000),
        drainSeconds: Type.Integer({
          minimum: 0,
          maximum: 86400,
          description: 'Seconds that a leaving edge keeps its viewers.',
        }),
        bootSeconds: Type.Optional(positive('Seconds from boot until an edge serves. Default 180.', 3600)),
      },
      closed,
    ),
    balancerSize: Type.Optional(SizeSchema),
    shards: keyed(shardPattern, Type.Object({ site: Type.String({ pattern: sitePattern }) }, closed), {
      description:
        'Origin shards by permanent name, s1 to s64, each with the site that carries its active and its standby origin.',
    }),
    edges: keyed(sitePattern, Type.Union([ElasticEdgesSchema, PeakEdgesSchema]), {
      description: 'Edge fleets by site.',
    }),
    failback: Type.Optional(
      Type.Union([Type.Literal('hold'), Type.Literal('drop')], {
        description:
          'hold (default): nobody returns to the first origin while the other has publishers. drop: their sessions are cut.',
      }),
    ),
  },
  closed,
);

const Circuit = Type.Object(
  {
    half: Type.Union([Type.Literal('a'), Type.Literal('b')]),
    vlan: Type.Integer({ minimum: 2, maximum: 4094 }),
    addresses: keyed(sitePattern, InterfaceAddress('BGP address of this end with its prefix length, as ordered.')),
    ends: keyed(sitePattern, Type.Object({})),
    monthly: Type.Optional(MonthlyCostSchema),
  },
  closed,
);
const VpnPathSchema = Type.Object(
  { kind: Type.Literal('vpn'), mtu: Type.Optional(Type.Integer({ minimum: 576, maximum: 9000 })) },
  closed,
);
const CircuitPathSchema = Type.Object(
  {
    kind: Type.Literal('circuit'),
    mtu: Type.Integer({ minimum: 576, maximum: 9100 }),
    bfd: Type.Boolean(),
    circuits: keyed('^[a-z0-9]{1,12}$', Circuit, { minProperties: 1 }),
  },
  closed,
);
const SegmentPathSchema = Type.Object(
  {
    kind: Type.Literal('segment'),
    vlan: Type.Integer({ minimum: 2, maximum: 4094 }),
    mtu: Type.Integer({ minimum: 576, maximum: 9100 }),
    ends: keyed(sitePattern, Type.Object({})),
    monthly: Type.Optional(MonthlyCostSchema),
  },
  closed,
);
export const LinkPathSchema = Type.Union([VpnPathSchema, CircuitPathSchema, SegmentPathSchema]);

export const LinkSchema = Type.Object(
  {
    layer: Type.Union([Type.Literal(2), Type.Literal(3)]),
    ends: Type.Tuple([Type.String({ pattern: sitePattern }), Type.String({ pattern: sitePattern })]),
    store: Type.String({ minLength: 1 }),
    primary: LinkPathSchema,
    backup: Type.Optional(LinkPathSchema),
    single: Type.Optional(Type.Literal(true, { description: 'There is one path and that is meant.' })),
  },
  closed,
);

/** @param siteSchemas the closed schema of `sites.<id>`, by provider, as the composition root knows it */
export function topologySchema(site: TSchema, dns: TSchema) {
  return Type.Object(
    {
      $schema: Type.Optional(Type.String()),
      name: Type.String({
        pattern: hyphenated(20),
        description: 'Part of every name; never changes. Words joined by single hyphens.',
      }),
      owner: Type.String({ pattern: '^[a-z0-9][a-z0-9_-]{0,62}$', description: 'Owner label of every resource.' }),
      cost: Type.String({ pattern: '^[a-z0-9][a-z0-9_-]{0,62}$', description: 'Cost label of every resource.' }),
      domain: Type.String({
        maxLength: 200,
        pattern: '^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]{2,63}$',
        description: 'Zone of the public names.',
      }),
      addresses: Type.Object(
        {
          internal: Prefix('Every internal prefix lies here; room for 64 sites of /16: a /10 or larger.'),
          reserved: Type.Optional(Type.Array(Prefix('Foreign networks that no planned prefix may overlap.'))),
        },
        closed,
      ),
      operators: Type.Object(
        {
          sshAuthority: Type.String({
            pattern: '^(ssh|ecdsa|sk)-',
            description: 'Public key of the SSH certificate authority.',
          }),
          prefixes: Type.Array(Prefix('Networks from which operators come.')),
        },
        closed,
      ),
      stores: keyed('^[a-z][a-z0-9-]{0,19}$', StoreSchema, { minProperties: 1 }),
      sites: keyed(sitePattern, site, { minProperties: 1 }),
      links: keyed('^[a-z][a-z0-9-]{0,39}$', LinkSchema),
      systems: keyed(hyphenated(16), LiveSchema, {
        description: 'Systems by name: lower-case letters and digits, in words joined by single hyphens; 16 at most.',
      }),
      dns: Type.Optional(dns),
      imageStage: Type.Optional(
        Type.String({
          pattern: '^[a-z][a-z0-9-]{0,19}$',
          description: 'Stage of `images.lock.json` whose images the machines boot. Default prod.',
        }),
      ),
    },
    closed,
  );
}

export const DnsBaseSchema = Type.Object({
  store: Type.String({ minLength: 1 }),
  ttlSeconds: Type.Optional(Type.Integer({ minimum: 5, maximum: 86400, description: 'Default 30.' })),
});

export type StoreInput = Static<typeof StoreSchema>;
export type SiteBase = Static<typeof SiteBaseSchema>;
export type LiveInput = Static<typeof LiveSchema>;
export type LinkInput = Static<typeof LinkSchema>;
export type LinkPathInput = Static<typeof LinkPathSchema>;
