import { LbTargetGroupAttachment } from '@cdktf/provider-aws/lib/lb-target-group-attachment';
import { Construct } from 'constructs';
import type { Balancer, BalancerMember, BalancerService, BalancerSpec, HealthCheck } from '../../contract/balancer';
import { type Tier, type Zone, tiers } from '../../contract/plan';
import { type Problem, refuse } from '../../contract/problem';
import { halves } from '../../contract/site';
import { contains } from '../../util/cidr';
import { makeListener, makeLoadBalancer } from './load-balancer';
import { providerOf } from './provider';
import { allowIn, groupHandle } from './security';
import { handleOf } from './settings';
import { makeTargetGroup } from './target-group';

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-listeners.html#listener-attributes */
const idleBounds = [60, 6000] as const;
/** Health checks from port to port where nothing better is asked for. */
const portCheck = (port: number): HealthCheck => ({
  protocol: 'tcp',
  port,
  path: '/',
  intervalSeconds: 10,
  fall: 3,
  rise: 2,
});

/** One network load balancer for each service, because each has addresses of its own, in the zones of both halves. */
export function balancer(scope: Construct, id: string, spec: BalancerSpec): Balancer {
  refuse(checkIdle(`${scope.node.path}/${id}.idleSeconds`, spec.idleSeconds));
  const own = new Construct(scope, id);
  const entries = spec.services.map((service) => [service.name, makeService(own, spec, service)] as const);
  return { addresses: Object.fromEntries(entries) };
}

function makeService(own: Construct, spec: BalancerSpec, service: BalancerService): readonly string[] {
  const { site, network, exposure } = spec;
  const name = [spec.name, service.name];
  const check = service.healthCheck ?? portCheck(service.memberPort);
  const balancerOf = makeLoadBalancer(own, service.name, {
    site,
    network,
    name,
    exposure,
    zones: halves as readonly Zone[],
    addressSlot: service.addressSlot,
    ports: [service.port],
    memberPorts: [service.memberPort, check.port],
  });
  const target = makeTargetGroup(own, `${service.name}-members`, {
    site,
    network,
    name,
    port: service.memberPort,
    targetType: 'ip',
    preserveClientAddress: seesClients(spec, service),
    deregistrationSeconds: spec.drainSeconds,
    cutsConnections: true,
    healthCheck: check,
  });
  const idleSeconds = spec.idleSeconds;
  makeListener(own, `${service.name}-listener`, {
    site,
    balancer: balancerOf,
    name,
    port: service.port,
    target,
    idleSeconds,
  });
  for (const member of service.members) attach(own, spec, service, member, target.arn);
  if (seesClients(spec, service)) admitClients(own, spec, service, balancerOf.securityGroup);
  return balancerOf.addresses;
}

/** Members are addresses, not instances: a machine that is replaced keeps its place. Those of other sites are in no zone. */
function attach(
  own: Construct,
  spec: BalancerSpec,
  service: BalancerService,
  member: BalancerMember,
  target: string,
): void {
  const local = contains(spec.site.plan.cidr, `${member.address}/32`);
  new LbTargetGroupAttachment(own, `${service.name}-member-${member.name}`, {
    provider: providerOf(own, spec.site.id),
    targetGroupArn: target,
    targetId: member.address,
    port: service.memberPort,
    ...(local ? {} : { availabilityZone: 'all' }),
  });
}

/** Viewers' own addresses reach the members only inside the VPC, and only from a public balancer are they wanted. */
function seesClients(spec: BalancerSpec, service: BalancerService): boolean {
  return spec.exposure === 'public' && service.members.every((member) => tierOf(spec, member) !== undefined);
}

function tierOf(spec: BalancerSpec, member: BalancerMember): Tier | undefined {
  return tiers.find((tier) => contains(spec.site.plan.tiers[tier].cidr, `${member.address}/32`));
}

/** The members' groups know the balancer, not the world. */
function admitClients(own: Construct, spec: BalancerSpec, service: BalancerService, group: string): void {
  const used = new Set(service.members.flatMap((member) => tierOf(spec, member) ?? []));
  for (const tier of [...used].sort()) {
    allowIn(own, `${service.name}-clients`, spec.site, handleOf(spec.network, groupHandle(tier)), {
      id: tier,
      why: `clients of ${spec.name} ${service.name}`,
      protocol: 'tcp',
      fromPort: service.memberPort,
      toPort: service.memberPort,
      fromGroup: group,
    });
  }
}

function checkIdle(path: string, seconds: number): Problem[] {
  const [low, high] = idleBounds;
  if (seconds >= low && seconds <= high) return [];
  return [
    {
      path,
      message: 'a network load balancer cannot keep idle connections that long or short',
      value: seconds,
      bound: `${low} to ${high} seconds`,
      fix: `Use a value between ${low} and ${high}.`,
    },
  ];
}
