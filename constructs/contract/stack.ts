import type { Construct } from 'constructs';
import type { Handles, Half } from './site';

/** A unit of deployment with a state of its own, before it is made. */
export interface StackSpec {
  /** `gcp-live-a`; permanent: it is the name of the state. */
  readonly id: string;
  readonly kind: 'network' | 'device' | 'gateway' | 'link' | 'half' | 'system' | 'global';
  /** What people read in progress and reports. */
  readonly title: string;
  readonly sites: readonly string[];
  readonly half?: Half;
  /** State store: a key of the topology's `stores`. */
  readonly store: string;
  /** Stacks that are deployed before. Only these may be read. */
  readonly dependsOn: readonly string[];
  /** Stacks that are worked on before, whether or not that succeeds: they write to the same device. */
  readonly after: readonly string[];
  /** Devices that take one writer at a time; stacks with a device in common are chained. */
  readonly devices: readonly string[];
  /** Keys of the one output `handles`: fixed by the topology. */
  readonly handleKeys: readonly string[];
  /** Nothing is placed here (any more): deployed so that what stood here goes. */
  readonly empty: boolean;
  build(stack: Construct, read: (stackId: string) => Handles): Handles;
}
