import type { HealthCheck } from './balancer';
import type { ImageReference } from './image';
import type { MachineSize } from './machines';
import type { Handles, Site } from './site';
import type { Tier } from './plan';

export interface ElasticListener {
  readonly name: string;
  readonly port: number;
  readonly memberPort: number;
}

/** An autoscaled fleet behind its own public balancer. */
export interface ElasticSpec {
  readonly name: string;
  readonly site: Site;
  readonly network: Handles;
  readonly role: string;
  readonly tier: Tier;
  readonly size: MachineSize;
  readonly image: ImageReference;
  readonly userData: string;
  readonly min: number;
  readonly max: number;
  /** Egress of one machine in Mbit/s at which another is added. Scaling is on this and never on CPU. */
  readonly targetEgressMbps: number;
  /** Seconds that a leaving machine keeps its viewers; within the adapter's limit, checked before. */
  readonly drainSeconds: number;
  /** Seconds from boot until a machine serves. */
  readonly bootSeconds: number;
  readonly healthCheck: HealthCheck;
  readonly listeners: readonly ElasticListener[];
}

export interface ElasticFleet {
  /** Public addresses of the fleet's balancer. May be tokens. */
  readonly addresses: readonly string[];
}
