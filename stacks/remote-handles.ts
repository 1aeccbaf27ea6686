import {
  DataTerraformRemoteStateGcs,
  DataTerraformRemoteStateHttp,
  DataTerraformRemoteStateS3,
  type TerraformRemoteState,
  Token,
  propertyAccess,
} from 'cdktf';
import type { Construct } from 'constructs';
import type { Handles } from '../constructs/contract/site';
import type { StoreInput } from './topology/schema';

export interface RemoteStack {
  readonly keys: readonly string[];
  readonly store: StoreInput;
  readonly stateKey: string;
}

/** Reads other stacks' handles from their state store, one data source for each stack that is read. */
export function handleReader(scope: Construct, find: (stackId: string) => RemoteStack): (stackId: string) => Handles {
  const read = new Map<string, Handles>();
  return (stackId) => {
    const known = read.get(stackId);
    if (known) return known;
    const remote = find(stackId);
    const handles =
      remote.keys.length === 0 ? {} : readHandles(remoteState(scope, `state-${stackId}`, remote), remote.keys);
    read.set(stackId, handles);
    return handles;
  };
}

function readHandles(state: TerraformRemoteState, keys: readonly string[]): Handles {
  return Object.fromEntries(keys.map((key) => [key, Token.asString(propertyAccess(state.get('handles'), [key]))]));
}

function remoteState(scope: Construct, id: string, { store, stateKey }: RemoteStack): TerraformRemoteState {
  if (store.kind === 'gcs')
    return new DataTerraformRemoteStateGcs(scope, id, { bucket: store.bucket ?? '', prefix: stateKey });
  if (store.kind === 's3')
    return new DataTerraformRemoteStateS3(scope, id, {
      bucket: store.bucket ?? '',
      key: `${stateKey}.tfstate`,
      region: store.region ?? '',
    });
  return new DataTerraformRemoteStateHttp(scope, id, { address: `${store.address}/${stateKey}` });
}
