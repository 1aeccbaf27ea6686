import { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group';
import type { Construct } from 'constructs';
import type { HealthCheck } from '../../contract/balancer';
import type { Handles, Site } from '../../contract/site';
import { balancerNameLength, nameOf, nameTag } from './naming';
import { providerOf } from './provider';
import { handleOf } from './settings';

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html */
const bounds = { interval: [5, 300], threshold: [2, 10], timeout: [2, 120] } as const;
/** https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#deregistration-delay */
const deregistrationLimit = 3600;

export interface TargetGroupSpec {
  readonly site: Site;
  readonly network: Handles;
  readonly name: readonly string[];
  readonly port: number;
  readonly targetType: 'ip' | 'instance';
  readonly preserveClientAddress: boolean;
  /** Until a leaving member counts as gone; at most `deregistrationLimit`. */
  readonly deregistrationSeconds: number;
  /** Whether connections that are left then are cut. */
  readonly cutsConnections: boolean;
  readonly healthCheck: HealthCheck;
}

export function makeTargetGroup(scope: Construct, id: string, spec: TargetGroupSpec): LbTargetGroup {
  const { site } = spec;
  return new LbTargetGroup(scope, id, {
    provider: providerOf(scope, site.id),
    // The port is part of the name, so that a changed one makes a second group before the first leaves its listener.
    name: nameOf(site, [...spec.name, String(spec.port)], balancerNameLength),
    vpcId: handleOf(spec.network, 'vpc'),
    port: spec.port,
    protocol: 'TCP',
    targetType: spec.targetType,
    preserveClientIp: String(spec.preserveClientAddress),
    deregistrationDelay: String(Math.min(spec.deregistrationSeconds, deregistrationLimit)),
    connectionTermination: spec.cutsConnections,
    // A member that drains says that it is unhealthy; its viewers stay.
    targetHealthState: [{ enableUnhealthyConnectionTermination: false, unhealthyDrainingInterval: 0 }],
    healthCheck: healthCheckOf(spec.healthCheck),
    tags: nameTag(site, ...spec.name),
    lifecycle: { createBeforeDestroy: true },
  });
}

/** The asked check, moved to the nearest value that AWS takes: it never checks more often than every 5 seconds. */
function healthCheckOf(check: HealthCheck) {
  const interval = within(bounds.interval, check.intervalSeconds);
  return {
    protocol: check.protocol.toUpperCase(),
    port: String(check.port),
    interval,
    timeout: within(bounds.timeout, Math.min(interval - 1, 10)),
    healthyThreshold: within(bounds.threshold, check.rise),
    unhealthyThreshold: within(bounds.threshold, check.fall),
    ...(check.protocol === 'http' ? { path: check.path, matcher: '200' } : {}),
  };
}

function within([low, high]: readonly [number, number], value: number): number {
  return Math.min(Math.max(value, low), high);
}
