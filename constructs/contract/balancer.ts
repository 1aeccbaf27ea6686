import type { Handles, Half, Site } from './site';

export interface HealthCheck {
  readonly protocol: 'http' | 'tcp';
  readonly port: number;
  /** For `http`: a 200 means healthy. */
  readonly path: string;
  readonly intervalSeconds: number;
  /** Failures in a row until a member is out, successes until it is in again. */
  readonly fall: number;
  readonly rise: number;
}

/** `balanced` spreads over all healthy members; `active-standby` sends all to the first healthy one, half `a` first. */
export type BalancerMode = 'balanced' | 'active-standby';

export interface BalancerMember {
  readonly name: string;
  readonly half: Half;
  readonly address: string;
  /** Handles of the machine, read from the stack of its half. */
  readonly handles: Handles;
}

/** One address with one listener and its members. */
export interface BalancerService {
  /** Permanent: `s1`, `edge`. */
  readonly name: string;
  readonly port: number;
  /** Port on the members. */
  readonly memberPort: number;
  /** Absent only in front of a self-hosted pair, where `facts.balancer.healthChecks` is empty. */
  readonly healthCheck?: HealthCheck;
  readonly members: readonly BalancerMember[];
  /** Place in the plan of whatever address the site itself owns: public block, shared quarter. */
  readonly addressSlot: number;
}

export interface BalancerSpec {
  readonly name: string;
  readonly site: Site;
  readonly network: Handles;
  readonly mode: BalancerMode;
  readonly exposure: 'public' | 'internal';
  readonly services: readonly BalancerService[];
  /** Seconds that a leaving member keeps its connections. */
  readonly drainSeconds: number;
  /** Seconds without a byte until a connection may be dropped. */
  readonly idleSeconds: number;
  /** `drop` cuts the sessions of the former standby when the first member returns; else nothing returns while it is used. */
  readonly failback: 'hold' | 'drop';
}

export interface Balancer {
  /** Addresses of each service, by its name. May be tokens. */
  readonly addresses: Readonly<Record<string, readonly string[]>>;
}
