import type { Provider } from '../contract/adapter';
import { aws } from './aws';
import { cloudstack } from './cloudstack';
import { gcp } from './gcp';
import { metal } from './metal';

/** Every provider that Watari knows. The key is the folder's name; a line here enrols it in the conformance suite. */
export const registry = { aws, cloudstack, gcp, metal } satisfies Record<string, Provider>;

export type ProviderName = keyof typeof registry;
