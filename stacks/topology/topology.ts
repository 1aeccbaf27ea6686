import type { Static } from '@sinclair/typebox';
import type { ProviderName, registry } from '../../constructs/providers/registry';
import type { LinkInput, LinkPathInput, LiveInput, SiteBase, StoreInput } from './schema';

type Registry = typeof registry;
type ProfileOf<N extends ProviderName> = keyof Registry[N]['profiles'] & string;
type ProfileChoice<N extends ProviderName> =
  'standard' extends ProfileOf<N> ? { readonly profile?: ProfileOf<N> } : { readonly profile: ProfileOf<N> };

/** Settings of a site, as its provider's folder defines them. */
export type SettingsOf<N extends ProviderName> = Static<Registry[N]['settings']>;

/** One site: what is common, and the settings that its provider's folder defines. */
export type SiteInput = {
  [N in ProviderName]: SiteBase & {
    readonly provider: N;
    readonly settings: SettingsOf<N>;
  } & ProfileChoice<N>;
}[ProviderName];

type DnsProvider = {
  [N in ProviderName]: Registry[N]['profiles'][keyof Registry[N]['profiles']] extends { dns: unknown } ? N : never;
}[ProviderName];
export interface DnsInput {
  readonly provider: DnsProvider;
  readonly store: string;
  readonly ttlSeconds?: number;
  readonly settings: object;
}

interface Common {
  readonly name: string;
  readonly owner: string;
  readonly cost: string;
  readonly domain: string;
  readonly addresses: { readonly internal: string; readonly reserved?: string[] };
  readonly operators: { readonly sshAuthority: string; readonly prefixes: string[] };
  readonly dns?: DnsInput;
  /** A stage of `images.lock.json`. @default prod */
  readonly imageStage?: string;
}

/** A topology as it is written: sites, links and systems name sites and stores by their keys. */
export interface Topology<S extends string = string, T extends string = string> extends Common {
  readonly stores: Readonly<Record<T, StoreInput>>;
  readonly sites: Readonly<Record<S, SiteInput & { readonly store: T; readonly replacements?: S[] }>>;
  readonly links: Readonly<Record<string, LinkOf<S, T>>>;
  readonly systems: Readonly<Record<string, LiveOf<S>>>;
}

type LinkOf<S extends string, T extends string> = Omit<LinkInput, 'ends' | 'store' | 'primary' | 'backup'> & {
  readonly ends: [S, S];
  readonly store: T;
  readonly primary: LinkPathInput;
  readonly backup?: LinkPathInput;
};

type LiveOf<S extends string> = Omit<LiveInput, 'sites' | 'shards' | 'edges'> & {
  readonly sites: S[];
  readonly shards: Readonly<Record<`s${number}`, { readonly site: S }>>;
  readonly edges: Readonly<Partial<Record<S, LiveInput['edges'][string]>>>;
};

/** Gives a topology its type: a misspelt provider, profile, site or store does not compile. */
export function defineTopology<S extends string, T extends string>(topology: Topology<S, T>): Topology<S, T> {
  return topology;
}
