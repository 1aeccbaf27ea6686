export interface DnsAddressRecord {
  /** Relative to the zone: `s1.ingest`. */
  readonly name: string;
  readonly ttlSeconds: number;
  /** One set of addresses, or several weighted ones (viewer names over sites). Weights are relative, from 0. */
  readonly answers: readonly DnsAnswer[];
}

export interface DnsAnswer {
  /** Permanent: the site's id. */
  readonly id: string;
  readonly weight: number;
  readonly addresses: readonly string[];
}

/** Records in a zone that exists before Watari, so that a rebuild never waits for a delegation. */
export interface DnsSpec {
  readonly platform: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly domain: string;
  /** As the adapter's `dns.settings` schema describes it. */
  readonly settings: unknown;
  readonly records: readonly DnsAddressRecord[];
}
