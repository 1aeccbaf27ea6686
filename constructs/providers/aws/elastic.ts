import { AutoscalingGroup } from '@cdktf/provider-aws/lib/autoscaling-group';
import { AutoscalingLifecycleHook } from '@cdktf/provider-aws/lib/autoscaling-lifecycle-hook';
import { AutoscalingPolicy } from '@cdktf/provider-aws/lib/autoscaling-policy';
import type { LaunchTemplate } from '@cdktf/provider-aws/lib/launch-template';
import type { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group';
import { Construct } from 'constructs';
import type { ElasticFleet, ElasticSpec } from '../../contract/elastic';
import { makeLaunchTemplate } from './launch-template';
import { type LoadBalancer, allZones, makeListener, makeLoadBalancer } from './load-balancer';
import { nameOf, nameTag, tagLength } from './naming';
import { providerOf } from './provider';
import { allowIn, groupHandle } from './security';
import { handleOf } from './settings';
import { subnetHandle } from './subnets';
import { makeTargetGroup } from './target-group';

/** Seconds that a lifecycle hook waits for a sign of life: https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_PutLifecycleHook.html */
export const heartbeatBounds = [30, 7200] as const;
/**
 * Seconds between the end of new connections and the hook. The group waits for them first and for the hook then, so the
 * time to drain belongs to the hook alone, which a machine without viewers can end. Existing connections stay:
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/lifecycle-hooks-overview.html
 */
const deregistrationSeconds = 30;
/** Viewers send nothing for long; the longest that a listener knows. */
const viewerIdleSeconds = 6000;
const bitsPerByte = 8;
const secondsPerPeriod = 60;

/** An autoscaled fleet over three zones behind a public network load balancer with elastic addresses. */
export function elastic(scope: Construct, id: string, spec: ElasticSpec): ElasticFleet {
  const own = new Construct(scope, id);
  const balancer = makeFront(own, spec);
  const targets = spec.listeners.map((listener) => makeTarget(own, spec, balancer, listener));
  const group = makeGroupOf(own, spec, makeLaunchTemplate(own, spec), targets);
  makeDrainHook(own, spec, group);
  makeScaling(own, spec, group);
  return { addresses: balancer.addresses };
}

function makeFront(own: Construct, spec: ElasticSpec): LoadBalancer {
  return makeLoadBalancer(own, 'balancer', {
    site: spec.site,
    network: spec.network,
    name: [spec.name],
    exposure: 'public',
    zones: allZones,
    addressSlot: 0,
    ports: spec.listeners.map((listener) => listener.port),
    memberPorts: [...spec.listeners.map((listener) => listener.memberPort), spec.healthCheck.port],
  });
}

function makeTarget(
  own: Construct,
  spec: ElasticSpec,
  balancer: LoadBalancer,
  listener: ElasticSpec['listeners'][number],
): LbTargetGroup {
  const { site, network } = spec;
  const name = [spec.name, listener.name];
  const target = makeTargetGroup(own, `members-${listener.name}`, {
    site,
    network,
    name,
    port: listener.memberPort,
    targetType: 'instance',
    preserveClientAddress: true,
    deregistrationSeconds,
    cutsConnections: false,
    healthCheck: spec.healthCheck,
  });
  makeListener(own, `listener-${listener.name}`, {
    site,
    balancer,
    name,
    port: listener.port,
    target,
    idleSeconds: viewerIdleSeconds,
  });
  allowIn(own, 'clients', site, handleOf(network, groupHandle(spec.tier)), {
    id: listener.name,
    why: `clients of ${spec.name} ${listener.name}`,
    protocol: 'tcp',
    fromPort: listener.memberPort,
    toPort: listener.memberPort,
    fromGroup: balancer.securityGroup,
  });
  return target;
}

/**
 * The group has no desired capacity: scaling alone sets it, and a deployment never takes machines away. A changed
 * template rolls the fleet, new machines first.
 */
function makeGroupOf(
  own: Construct,
  spec: ElasticSpec,
  template: LaunchTemplate,
  targets: readonly LbTargetGroup[],
): AutoscalingGroup {
  const { site, network } = spec;
  return new AutoscalingGroup(own, 'group', {
    provider: providerOf(own, site.id),
    name: nameOf(site, [spec.name], tagLength),
    minSize: spec.min,
    maxSize: spec.max,
    vpcZoneIdentifier: allZones.map((zone) => handleOf(network, subnetHandle(spec.tier, zone))),
    targetGroupArns: targets.map((target) => target.arn),
    launchTemplate: { id: template.id, version: template.getStringAttribute('latest_version') },
    healthCheckType: 'ELB',
    healthCheckGracePeriod: spec.bootSeconds,
    defaultInstanceWarmup: spec.bootSeconds,
    enabledMetrics: ['GroupDesiredCapacity', 'GroupInServiceInstances', 'GroupTerminatingInstances'],
    instanceMaintenancePolicy: { minHealthyPercentage: 100, maxHealthyPercentage: 110 },
    instanceRefresh: refreshOf(spec),
    terminationPolicies: ['OldestLaunchTemplate', 'OldestInstance'],
    tag: groupTags(spec),
    lifecycle: { ignoreChanges: ['desired_capacity'] },
  });
}

function refreshOf(spec: ElasticSpec) {
  return {
    strategy: 'Rolling',
    preferences: {
      minHealthyPercentage: 100,
      maxHealthyPercentage: 110,
      instanceWarmup: String(spec.bootSeconds),
      skipMatching: true,
      autoRollback: false,
    },
  };
}

/** The provider's default tags do not reach a group's machines. */
function groupTags(spec: ElasticSpec) {
  const tags = { ...spec.site.labels, ...nameTag(spec.site, spec.name), role: spec.role };
  return Object.entries(tags)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => ({ key, value, propagateAtLaunch: true }));
}

/** Holds a leaving machine while its viewers go; it says by itself when the last one has gone (README). */
function makeDrainHook(own: Construct, spec: ElasticSpec, group: AutoscalingGroup): void {
  const [low, high] = heartbeatBounds;
  new AutoscalingLifecycleHook(own, 'drain', {
    provider: providerOf(own, spec.site.id),
    name: 'drain',
    autoscalingGroupName: group.name,
    lifecycleTransition: 'autoscaling:EC2_INSTANCE_TERMINATING',
    heartbeatTimeout: Math.min(Math.max(spec.drainSeconds, low), high),
    defaultResult: 'CONTINUE',
  });
}

function makeScaling(own: Construct, spec: ElasticSpec, group: AutoscalingGroup): void {
  new AutoscalingPolicy(own, 'egress', {
    provider: providerOf(own, spec.site.id),
    name: 'egress',
    autoscalingGroupName: group.name,
    policyType: 'TargetTrackingScaling',
    estimatedInstanceWarmup: spec.bootSeconds,
    targetTrackingConfiguration: {
      predefinedMetricSpecification: { predefinedMetricType: 'ASGAverageNetworkOut' },
      targetValue: networkOutTarget(spec.targetEgressMbps),
    },
  });
}

/**
 * Value of ASGAverageNetworkOut, bytes that one machine sends in a period of 60 seconds (detailed monitoring, which the
 * launch template turns on). Source: NetworkOut in
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/viewing_metrics_with_cloudwatch.html
 */
export function networkOutTarget(megabitsPerSecond: number): number {
  return (megabitsPerSecond * 1_000_000 * secondsPerPeriod) / bitsPerByte;
}
