import { type Static, Type } from '@sinclair/typebox';
import type { Handles, Site } from '../../contract/site';

const closed = { additionalProperties: false };

const ImageBuildSchema = Type.Object(
  {
    vpc: Type.String({ pattern: '^vpc-[0-9a-f]{8,17}$', description: 'Id of a VPC in the region of the site.' }),
    subnet: Type.String({
      pattern: '^subnet-[0-9a-f]{8,17}$',
      description:
        'Id of a subnet of it with a way out: to an internet gateway, or, with `privateAddress`, through NAT.',
    }),
    privateAddress: Type.Optional(
      Type.Boolean({
        description:
          'Reach the machine at its private address, from a network with a route there. Default: false, it gets a public one.',
      }),
    ),
  },
  { ...closed, description: 'Where machines stand while images are built. Default: the default VPC of the region.' },
);

/** `sites.<id>.settings` of a site on AWS. */
export const AwsSettings = Type.Object(
  {
    region: Type.String({
      pattern: '^[a-z]{2}(-[a-z]+)+-[0-9]$',
      description: 'Region: `ap-northeast-1` is Tokyo.',
    }),
    account: Type.Optional(
      Type.String({
        pattern: '^[0-9]{12}$',
        description: 'Account id. Credentials of any other account are refused before anything is made.',
      }),
    ),
    zones: Type.Array(
      Type.String({
        pattern: '^[a-z0-9]+-az[0-9]+$',
        description:
          'Availability zone by its id, which names the same building in every account (a name such as `ap-northeast-1a` does not).',
      }),
      {
        minItems: 3,
        maxItems: 3,
        uniqueItems: true,
        description: 'Three zones by id. Half a lives in the first, half b in the second. Never reordered.',
      },
    ),
    architecture: Type.Optional(
      Type.Union([Type.Literal('amd64'), Type.Literal('arm64')], {
        description: 'Processors of the machines. Default amd64.',
      }),
    ),
    families: Type.Optional(
      Type.Array(Type.String({ pattern: '^[a-z][a-z0-9-]*$' }), {
        minItems: 1,
        uniqueItems: true,
        description:
          'Instance families to choose from, `c7i` for instance. Default: all that Watari knows of the architecture.',
      }),
    ),
    imageBuild: Type.Optional(ImageBuildSchema),
  },
  closed,
);
export type AwsSettings = Static<typeof AwsSettings>;

/** This provider's end of a circuit: an ordered Direct Connect connection, adopted. */
export const AwsCircuitEnd = Type.Object(
  {
    connection: Type.String({
      pattern: '^dx(con|lag)-[0-9a-z]{8,}$',
      description: 'Id of the Direct Connect connection (dedicated or hosted) or LAG.',
    }),
    asn: Type.Integer({
      minimum: 64512,
      maximum: 4294967294,
      description:
        'Autonomous system number of the Direct Connect gateway: private, and not the one of the site (AWS joins no two gateways with one number). All circuits of a link share it.',
    }),
  },
  closed,
);
export type AwsCircuitEnd = Static<typeof AwsCircuitEnd>;

export const AwsDnsSettings = Type.Object(
  {
    zone: Type.String({
      pattern: '^Z[0-9A-Z]{5,31}$',
      description: 'Id of the public hosted zone. It exists before Watari and is delegated.',
    }),
  },
  closed,
);
export type AwsDnsSettings = Static<typeof AwsDnsSettings>;

export const AwsStoreSettings = Type.Object(
  { region: Type.String({ pattern: '^[a-z]{2}(-[a-z]+)+-[0-9]$', description: 'Region of the bucket.' }) },
  closed,
);
export type AwsStoreSettings = Static<typeof AwsStoreSettings>;

/** Settings have passed their schema before an adapter sees them. */
export function settingsOf(site: Site): AwsSettings {
  return site.settings as AwsSettings;
}

/** One value of another stack. */
export function handleOf(handles: Handles, key: string): string {
  const value = handles[key];
  if (value === undefined) throw new Error(`no handle ${key} among ${Object.keys(handles).join(', ')}`);
  return value;
}
