/** A topology that is being made: loosely typed, because mistakes are made in it on purpose. */
export interface Draft {
  name: string;
  owner: string;
  cost: string;
  domain: string;
  addresses: { internal: string; reserved?: string[] };
  operators: { sshAuthority: string; prefixes: string[] };
  stores: Record<string, Record<string, unknown>>;
  sites: Record<string, DraftSite>;
  links: Record<string, DraftLink>;
  systems: Record<string, DraftSystem>;
  dns?: Record<string, unknown>;
}

export interface DraftSite extends Record<string, unknown> {
  number: number;
  provider: string;
  profile?: string;
  settings: Record<string, unknown>;
  transit?: boolean;
  retired?: boolean;
}

export interface DraftLink extends Record<string, unknown> {
  layer: 2 | 3;
  ends: [string, string];
  store: string;
  primary: DraftPath;
  backup?: DraftPath;
  single?: true;
}
export type DraftPath = { kind: string } & Record<string, unknown>;

export interface DraftSystem extends Record<string, unknown> {
  sites: string[];
  shards: Record<string, { site: string }>;
  edges: Record<string, Record<string, unknown>>;
  edge: { size: DraftSize; egressMbps: number; drainSeconds: number };
  origin: { size: DraftSize };
}
export type DraftSize = Record<'vcpu' | 'memoryGiB' | 'diskGiB' | 'egressMbps', number>;
