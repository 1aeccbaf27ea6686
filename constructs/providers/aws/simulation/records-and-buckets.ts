import type { SimulatedResource } from '../../../contract/simulation';
import { apiError } from './errors';
import { fixed, regionOf } from './identifiers';

const record: SimulatedResource = {
  id: (self) =>
    [self.text('zone_id'), self.text('name'), self.text('type'), self.text('set_identifier')].filter(Boolean).join('_'),
  apart: ['account'],
  computed: { fqdn: (self) => self.text('name'), allow_overwrite: fixed(false) },
  normalised: { name: (value) => (typeof value === 'string' ? value.toLowerCase().replace(/\.$/, '') : value) },
  unique: [
    {
      attributes: ['zone_id', 'name', 'type', 'set_identifier'],
      taken: ({ self, context }) =>
        apiError(
          self,
          context,
          'InvalidChangeBatch',
          `[Tried to create resource record set [name='${self.text('name')}.', type='${self.text('type')}', set identifier='${self.text('set_identifier')}'] but it already exists]`,
        ),
    },
  ],
  seconds: { create: 35, update: 35, delete: 35 },
};

/** Names of buckets are one space for all accounts and regions. */
const bucket: SimulatedResource = {
  id: (self) => self.text('bucket'),
  apart: [],
  computed: {
    arn: (self) => `arn:aws:s3:::${self.id}`,
    bucket_domain_name: (self) => `${self.id}.s3.amazonaws.com`,
    bucket_regional_domain_name: (self, context) => `${self.id}.s3.${regionOf(context)}.amazonaws.com`,
    hosted_zone_id: fixed('Z2M4EHUR26P7ZW'),
    region: (_self, context) => regionOf(context),
    request_payer: fixed('BucketOwner'),
    object_lock_enabled: fixed(false),
  },
  filledBlocks: [
    ...['cors_rule', 'grant', 'lifecycle_rule', 'logging', 'object_lock_configuration', 'replication_configuration'],
    ...['server_side_encryption_configuration', 'versioning', 'website'],
  ],
  unique: [
    {
      attributes: ['bucket'],
      taken: ({ self, context }) =>
        apiError(
          self,
          context,
          'BucketAlreadyExists',
          'The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.',
          409,
        ),
    },
  ],
};

const ofBucket: SimulatedResource = {
  id: (self) => self.text('bucket'),
  apart: [],
  references: { bucket: { to: 'aws_s3_bucket', holds: false } },
};

export const recordAndBucketTypes: Readonly<Record<string, SimulatedResource>> = {
  aws_route53_record: record,
  aws_s3_bucket: bucket,
  aws_s3_bucket_versioning: {
    ...ofBucket,
    computed: { 'versioning_configuration.mfa_delete': fixed('') },
  },
  aws_s3_bucket_server_side_encryption_configuration: ofBucket,
  aws_s3_bucket_public_access_block: ofBucket,
};
