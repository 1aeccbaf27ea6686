import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { S3BucketPublicAccessBlock } from '@cdktf/provider-aws/lib/s3-bucket-public-access-block';
import { S3BucketServerSideEncryptionConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration';
import { S3BucketVersioningA } from '@cdktf/provider-aws/lib/s3-bucket-versioning';
import type { Construct } from 'constructs';
import type { StateStoreMember } from '../../contract/adapter';
import { addProvider, providerOf } from './provider';
import { AwsStoreSettings } from './settings';

const childName = 'store';

export const stateStore: StateStoreMember = { kind: 's3', settings: AwsStoreSettings, configure, bucket };

function configure(stack: Construct, settings: unknown): void {
  addProvider(stack, childName, { region: (settings as AwsStoreSettings).region, labels: {} });
}

/** A bucket that keeps every version of a state, encrypted and closed to the public. Locks are files beside the states. */
function bucket(scope: Construct, id: string, spec: Parameters<StateStoreMember['bucket']>[2]): void {
  const provider = providerOf(scope, childName);
  const made = new S3Bucket(scope, id, {
    provider,
    bucket: spec.name,
    forceDestroy: false,
    tags: { ...spec.labels },
    lifecycle: { preventDestroy: true },
  });
  new S3BucketVersioningA(scope, `${id}-versioning`, {
    provider,
    bucket: made.id,
    versioningConfiguration: { status: 'Enabled' },
  });
  new S3BucketServerSideEncryptionConfigurationA(scope, `${id}-encryption`, {
    provider,
    bucket: made.id,
    rule: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: 'AES256' } }],
  });
  new S3BucketPublicAccessBlock(scope, `${id}-private`, {
    provider,
    bucket: made.id,
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  });
}
