import { ComputeHealthCheck } from '@cdktf/provider-google/lib/compute-health-check';
import { ComputeRegionHealthCheck } from '@cdktf/provider-google/lib/compute-region-health-check';
import type { Construct } from 'constructs';
import type { HealthCheck } from '../../contract/balancer';
import type { Site } from '../../contract/site';
import { nameOf } from './names';
import { providerOf } from './provider';
import { gcpSite } from './settings';

/** Sources of probes by kind of balancer: https://cloud.google.com/load-balancing/docs/firewall-rules, read 2026-11-20. */
export const probeSources = {
  internal: ['35.191.0.0/16', '130.211.0.0/22'],
  public: ['35.191.0.0/16', '209.85.152.0/22', '209.85.204.0/22'],
  autohealing: ['35.191.0.0/16', '130.211.0.0/22'],
} as const;

/** What the probes of a balancer look at. A probe's time is at most its interval. */
export function healthCheck(
  scope: Construct,
  id: string,
  site: Site,
  check: HealthCheck & { readonly name: readonly string[] },
): string {
  const probe = check.protocol === 'http' ? { port: check.port, requestPath: check.path } : undefined;
  return new ComputeRegionHealthCheck(scope, id, {
    provider: providerOf(scope, site),
    name: nameOf(site, check.name),
    region: gcpSite(site).settings.region,
    checkIntervalSec: check.intervalSeconds,
    timeoutSec: Math.min(check.intervalSeconds, 5),
    healthyThreshold: check.rise,
    unhealthyThreshold: check.fall,
    httpHealthCheck: probe,
    tcpHealthCheck: probe ? undefined : { port: check.port },
  }).selfLink;
}

/**
 * Whether the listener is there at all, for autohealing, which takes global checks:
 * https://cloud.google.com/compute/docs/instance-groups/autohealing-instances-in-migs, read 2026-11-20.
 */
export function livenessCheck(scope: Construct, site: Site, name: readonly string[], port: number): string {
  return new ComputeHealthCheck(scope, 'liveness', {
    provider: providerOf(scope, site),
    name: nameOf(site, name),
    checkIntervalSec: 10,
    timeoutSec: 5,
    healthyThreshold: 1,
    unhealthyThreshold: 10,
    tcpHealthCheck: { port },
  }).selfLink;
}
