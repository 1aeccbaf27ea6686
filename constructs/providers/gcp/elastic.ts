import { ComputeRegionAutoscaler } from '@cdktf/provider-google/lib/compute-region-autoscaler';
import { ComputeRegionBackendService } from '@cdktf/provider-google/lib/compute-region-backend-service';
import { ComputeRegionInstanceGroupManager } from '@cdktf/provider-google/lib/compute-region-instance-group-manager';
import { Construct } from 'constructs';
import type { ElasticFleet, ElasticSpec } from '../../contract/elastic';
import { refuse } from '../../contract/problem';
import { portProblem, ports } from './balancer';
import { open } from './firewall';
import { forwardingRule, publicFrontAddress } from './frontend';
import { healthCheck, livenessCheck, probeSources } from './health';
import { nameOf, roleTag } from './names';
import { providerOf } from './provider';
import { gcpSite } from './settings';
import { instanceTemplate } from './template';

/** Bytes sent by a machine, the only signal: https://cloud.google.com/monitoring/api/metrics_gcp_c#gcp-compute, read 2026-11-20. */
const egressMetric = 'compute.googleapis.com/instance/network/sent_bytes_count';
/** Scale-in takes a tenth of the largest fleet at a time, so that a short lull does not empty it. */
const scaleInPart = 0.1;
const scaleInWindowSeconds = 600;
/** A bound of the API on `initialDelaySec`. */
const maximumInitialDelaySeconds = 3600;

/**
 * A regional group over three zones behind a public passthrough balancer, scaled on egress, drained by the balancer.
 * @throws ProblemsError for a listener whose member port differs, and for a size that no type gives
 */
export function elastic(scope: Construct, id: string, spec: ElasticSpec): ElasticFleet {
  const within = new Construct(scope, id);
  const differing = spec.listeners.filter((listener) => listener.port !== listener.memberPort);
  refuse(differing.map((listener) => portProblem(`${within.node.path}/${listener.name}`, listener)));
  const group = managedGroup(within, spec);
  autoscaler(within, spec, group.selfLink);
  openings(within, spec);
  return { addresses: [front(within, spec, group.instanceGroup)] };
}

function managedGroup(scope: Construct, spec: ElasticSpec): ComputeRegionInstanceGroupManager {
  const { region, zones } = gcpSite(spec.site).settings;
  return new ComputeRegionInstanceGroupManager(scope, 'group', {
    provider: providerOf(scope, spec.site),
    name: nameOf(spec.site, [spec.name]),
    // The API appends a hyphen and four characters.
    baseInstanceName: nameOf(spec.site, [spec.name], 58),
    region,
    version: [{ instanceTemplate: instanceTemplate(scope, spec) }],
    distributionPolicyZones: [...zones],
    distributionPolicyTargetShape: 'EVEN',
    updatePolicy: {
      type: 'PROACTIVE',
      minimalAction: 'REPLACE',
      mostDisruptiveAllowedAction: 'REPLACE',
      // A machine with viewers is not moved to even out zones; the API wants at least one surge machine a zone.
      instanceRedistributionType: 'NONE',
      maxSurgeFixed: zones.length,
      maxUnavailableFixed: 0,
    },
    autoHealingPolicies: {
      healthCheck: liveness(scope, spec),
      initialDelaySec: Math.min(spec.bootSeconds, maximumInitialDelaySeconds),
    },
  });
}

/** A full or draining machine answers 503 and is well: only one whose listener is gone is made anew. */
function liveness(scope: Construct, spec: ElasticSpec): string {
  const port = spec.listeners[0]?.memberPort ?? spec.healthCheck.port;
  return livenessCheck(scope, spec.site, [spec.name, 'liveness'], port);
}

/** The group's size is the autoscaler's alone: the group sets no target size. */
function autoscaler(scope: Construct, spec: ElasticSpec, group: string): void {
  new ComputeRegionAutoscaler(scope, 'autoscaler', {
    provider: providerOf(scope, spec.site),
    name: nameOf(spec.site, [spec.name]),
    region: gcpSite(spec.site).settings.region,
    target: group,
    autoscalingPolicy: {
      mode: 'ON',
      minReplicas: spec.min,
      maxReplicas: spec.max,
      cooldownPeriod: spec.bootSeconds,
      metric: [{ name: egressMetric, type: 'DELTA_PER_SECOND', target: bytesPerSecond(spec.targetEgressMbps) }],
      scaleInControl: {
        maxScaledInReplicas: { fixed: Math.max(1, Math.floor(spec.max * scaleInPart)) },
        timeWindowSec: scaleInWindowSeconds,
      },
    },
  });
}

/** From Mbit/s, a million bits. */
export function bytesPerSecond(mbps: number): number {
  return (mbps * 1_000_000) / 8;
}

function front(scope: Construct, spec: ElasticSpec, instanceGroup: string): string {
  const { site, network } = spec;
  const address = publicFrontAddress(scope, site, [spec.name]);
  const backends = new ComputeRegionBackendService(scope, 'backends', {
    provider: providerOf(scope, site),
    name: nameOf(site, [spec.name]),
    region: gcpSite(site).settings.region,
    loadBalancingScheme: 'EXTERNAL',
    protocol: 'TCP',
    sessionAffinity: 'NONE',
    connectionDrainingTimeoutSec: spec.drainSeconds,
    healthChecks: [healthCheck(scope, 'health', site, { ...spec.healthCheck, name: [spec.name] })],
    backend: [{ group: instanceGroup, balancingMode: 'CONNECTION' }],
  });
  for (const listener of spec.listeners) {
    forwardingRule(scope, `rule-${listener.name}`, site, {
      name: [spec.name, listener.name],
      port: listener.port,
      address: address.selfLink,
      backendService: backends.selfLink,
      exposure: 'public',
      network,
    });
  }
  return address.address;
}

function openings(scope: Construct, spec: ElasticSpec): void {
  const listeners = ports(spec.listeners.map((listener) => listener.port));
  const common = { network: spec.network['network'] ?? '', tags: [roleTag(spec.site, spec.role)] };
  open(scope, 'probes', spec.site, {
    ...common,
    name: [spec.name, 'probes'],
    from: [...new Set([...probeSources.public, ...probeSources.autohealing])].sort(),
    allow: [{ protocol: 'tcp', ports: ports([spec.healthCheck.port, ...listeners.map(Number)]) }],
    why: `Health checks and autohealing of ${spec.name}`,
  });
  open(scope, 'listeners', spec.site, {
    ...common,
    name: [spec.name, 'listeners'],
    from: ['0.0.0.0/0'],
    allow: [{ protocol: 'tcp', ports: listeners }],
    why: `Clients of ${spec.name}`,
  });
}
