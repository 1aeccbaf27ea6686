import { StorageBucket } from '@cdktf/provider-google/lib/storage-bucket';
import type { StateStoreMember } from '../../contract/adapter';
import { configureGoogle, googleOf } from './provider';
import { gcpStateStoreSettings, type GcpStateStoreSettings } from './settings';

const alias = 'state';
/** Older states that are kept of each stack. */
const keptVersions = 100;

/** A versioned bucket that nobody outside the project reads; the `gcs` backend locks in it. */
export const stateStore: StateStoreMember = {
  kind: 'gcs',
  settings: gcpStateStoreSettings,
  configure: (stack, settings) => {
    configureGoogle(stack, alias, { project: (settings as GcpStateStoreSettings).project });
  },
  bucket: (scope, id, { name, settings, labels }) => {
    new StorageBucket(scope, id, {
      provider: googleOf(scope, alias),
      name,
      location: (settings as GcpStateStoreSettings).location,
      storageClass: 'STANDARD',
      uniformBucketLevelAccess: true,
      publicAccessPrevention: 'enforced',
      versioning: { enabled: true },
      lifecycleRule: [
        { action: { type: 'Delete' }, condition: { numNewerVersions: keptVersions, withState: 'ARCHIVED' } },
      ],
      forceDestroy: false,
      labels: { ...labels },
      lifecycle: { preventDestroy: true },
    });
  },
};
