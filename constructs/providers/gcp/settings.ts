import { type Static, Type } from '@sinclair/typebox';
import type { Site } from '../../contract/site';

const zone = Type.String({ pattern: '^[a-z]+-[a-z]+[0-9]+-[a-z]$' });
const projectId = Type.String({
  pattern: '^[a-z][a-z0-9-]{4,28}[a-z0-9]$',
  description: 'Id of an existing project with billing',
});

const resourceName = '^[a-z]([-a-z0-9]*[a-z0-9])?$';

const imageBuild = Type.Object(
  {
    network: Type.Optional(
      Type.String({ pattern: resourceName, description: 'Network with subnets of its own making; default: `default`' }),
    ),
    subnetwork: Type.Optional(
      Type.String({
        pattern: resourceName,
        description: 'Subnet in the region of the site, where its network has them by hand',
      }),
    ),
    project: Type.Optional(
      Type.String({ description: 'Project of the network where it is shared; default: the project of images' }),
    ),
    iap: Type.Optional(
      Type.Boolean({
        description:
          'Reach the machine through Identity-Aware Proxy, without a public address; the network then needs Cloud NAT. Default: false',
      }),
    ),
  },
  {
    additionalProperties: false,
    description: 'Where machines stand while images are built; default: network `default`, with a public address',
  },
);

/** `sites.<id>.settings` of a site on Google Cloud. */
export const gcpSettings = Type.Object(
  {
    project: projectId,
    region: Type.String({ pattern: '^[a-z]+-[a-z]+[0-9]+$', description: '`asia-northeast1` is Tokyo' }),
    zones: Type.Tuple([zone, zone, zone], {
      description: 'Three zones of the region; half a lives in the first, half b in the second',
    }),
    imageProject: Type.Optional(
      Type.String({ description: "Project that holds the images; default: the site's project" }),
    ),
    machineTypes: Type.Optional(
      Type.Record(Type.String(), Type.String({ pattern: '^[a-z][a-z0-9]*-[a-z0-9-]+$' }), {
        description: 'Machine type of a role where the smallest that fits is not wanted, by role',
      }),
    ),
    diskType: Type.Optional(
      Type.Union([Type.Literal('pd-balanced'), Type.Literal('pd-ssd'), Type.Literal('pd-standard')], {
        description: 'Type of boot disks; default: pd-balanced',
      }),
    ),
    imageBuild: Type.Optional(imageBuild),
    operators: Type.Optional(
      Type.Array(Type.String({ pattern: '^(user|group|serviceAccount|domain):.+$' }), {
        uniqueItems: true,
        description: 'IAM members who may log in through OS Login and Identity-Aware Proxy',
      }),
    ),
  },
  { additionalProperties: false },
);

export type GcpSettings = Static<typeof gcpSettings>;
export type GcpSite = Site<GcpSettings>;

/** The settings were checked against the schema when the topology was read. */
export function gcpSite(site: Site): GcpSite {
  return site as GcpSite;
}

export function imageProjectOf(site: Site): string {
  const { project, imageProject = project } = gcpSite(site).settings;
  return imageProject;
}

/** This provider's end of a circuit: a VLAN attachment on the site's Cloud Router. */
export const gcpCircuitEnd = Type.Object(
  {
    attachment: Type.String({
      pattern: '^[a-z]([-a-z0-9]*[a-z0-9])?$',
      description: 'Name of the VLAN attachment in the project and region of the site',
    }),
    type: Type.Union([Type.Literal('DEDICATED'), Type.Literal('PARTNER')], {
      description: 'PARTNER needs 16550 as the number of the site, and its BGP session is set by gcloud',
    }),
    edgeAvailabilityDomain: Type.Union([Type.Literal(1), Type.Literal(2)], {
      description: 'Maintenance domain of the attachment; two circuits of one path need different ones',
    }),
  },
  { additionalProperties: false },
);

export type GcpCircuitEnd = Static<typeof gcpCircuitEnd>;

export const gcpDnsSettings = Type.Object(
  {
    project: projectId,
    zone: Type.String({
      pattern: '^[a-z]([-a-z0-9]*[a-z0-9])?$',
      description: 'Name of an existing public managed zone',
    }),
  },
  { additionalProperties: false },
);

export type GcpDnsSettings = Static<typeof gcpDnsSettings>;

export const gcpStateStoreSettings = Type.Object(
  {
    project: projectId,
    location: Type.String({
      description: 'Region, dual-region or multi-region of the bucket, `ASIA1` for instance',
    }),
  },
  { additionalProperties: false },
);

export type GcpStateStoreSettings = Static<typeof gcpStateStoreSettings>;
