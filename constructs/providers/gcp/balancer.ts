import {
  ComputeRegionBackendService,
  type ComputeRegionBackendServiceBackend,
} from '@cdktf/provider-google/lib/compute-region-backend-service';
import { Construct } from 'constructs';
import type { Balancer, BalancerService, BalancerSpec } from '../../contract/balancer';
import { type Problem, refuse } from '../../contract/problem';
import { open } from './firewall';
import { forwardingRule, internalFrontAddress, publicFrontAddress } from './frontend';
import { healthCheck, probeSources } from './health';
import { nameOf } from './names';
import { providerOf } from './provider';
import { gcpSite } from './settings';

/** Instance groups of one backend service: https://cloud.google.com/load-balancing/docs/quotas, read 2026-11-20. */
const maximumBackends = 50;

/**
 * A passthrough network load balancer: one address, backend service and forwarding rule a service.
 * @throws ProblemsError for a member port that differs, more than 50 members, and two active members of one half
 */
export function balancer(scope: Construct, id: string, spec: BalancerSpec): Balancer {
  const within = new Construct(scope, id);
  refuse(spec.services.flatMap((service) => serviceProblems(`${within.node.path}/${service.name}`, spec, service)));
  const addresses = spec.services.map((service): [string, readonly string[]] => [
    service.name,
    [oneService(within, spec, service)],
  ]);
  openings(within, spec);
  return { addresses: Object.fromEntries(addresses) };
}

function oneService(scope: Construct, spec: BalancerSpec, service: BalancerService): string {
  const within = new Construct(scope, service.name);
  const { site, network, exposure } = spec;
  const name = [spec.name, service.name];
  const address =
    exposure === 'public'
      ? publicFrontAddress(within, site, name)
      : internalFrontAddress(within, site, network, { name, slot: service.addressSlot });
  const backends = backendService(within, spec, service);
  forwardingRule(within, 'rule', site, {
    name,
    port: service.port,
    address: address.selfLink,
    backendService: backends.selfLink,
    exposure,
    network,
  });
  return exposure === 'public' ? address.address : site.plan.shared('balancer', service.addressSlot);
}

function backendService(scope: Construct, spec: BalancerSpec, service: BalancerService): ComputeRegionBackendService {
  const name = [spec.name, service.name];
  const { site } = spec;
  const check = service.healthCheck && healthCheck(scope, 'health', site, { ...service.healthCheck, name });
  return new ComputeRegionBackendService(scope, 'backends', {
    provider: providerOf(scope, site),
    name: nameOf(site, name),
    region: gcpSite(site).settings.region,
    loadBalancingScheme: spec.exposure === 'public' ? 'EXTERNAL' : 'INTERNAL',
    protocol: 'TCP',
    sessionAffinity: 'NONE',
    connectionDrainingTimeoutSec: spec.drainSeconds,
    healthChecks: check === undefined ? undefined : [check],
    backend: members(spec, service),
    failoverPolicy: spec.mode === 'active-standby' ? oneActive : undefined,
  });
}

/**
 * No session stays with a member that is not the active one, in either direction, and none is opened while neither is
 * healthy: publishers are never on both. The former member stays unhealthy while the other has publishers, so that
 * nothing returns (`hold`); without that health it returns and the sessions are cut (`drop`).
 */
const oneActive = { disableConnectionDrainOnFailover: true, dropTrafficIfUnhealthy: true, failoverRatio: 1 };

function members(spec: BalancerSpec, service: BalancerService): ComputeRegionBackendServiceBackend[] {
  return service.members.map((member) => ({
    group: member.handles['group'] ?? '',
    balancingMode: 'CONNECTION',
    failover: spec.mode === 'active-standby' ? member.half === 'b' : undefined,
  }));
}

function openings(scope: Construct, spec: BalancerSpec): void {
  const network = spec.network['network'] ?? '';
  const tags = spec.services.flatMap((service) => service.members.map((member) => member.handles['tag'] ?? ''));
  const checks = ports(spec.services.flatMap((service) => service.healthCheck?.port ?? []));
  if (checks.length > 0) {
    open(scope, 'probes', spec.site, {
      name: [spec.name, 'probes'],
      network,
      from: probeSources[spec.exposure],
      allow: [{ protocol: 'tcp', ports: checks }],
      tags,
      why: `Health checks of ${spec.name}`,
    });
  }
  if (spec.exposure === 'internal') return;
  open(scope, 'listeners', spec.site, {
    name: [spec.name, 'listeners'],
    network,
    from: ['0.0.0.0/0'],
    allow: [{ protocol: 'tcp', ports: ports(spec.services.map((service) => service.port)) }],
    tags,
    why: `Clients of ${spec.name}`,
  });
}

/** Port numbers as the API writes them, each once, in order. */
export function ports(numbers: readonly number[]): string[] {
  return [...new Set(numbers)].sort((a, b) => a - b).map(String);
}

function serviceProblems(path: string, spec: BalancerSpec, service: BalancerService): Problem[] {
  const problems: Problem[] = [];
  if (service.port !== service.memberPort) problems.push(portProblem(path, service));
  if (service.members.length > maximumBackends) {
    problems.push({
      path,
      message: 'Too many members for one backend service',
      value: service.members.length,
      bound: `${maximumBackends} instance groups`,
      fix: 'Use fewer and larger machines, or an elastic fleet.',
    });
  }
  const halves = service.members.map((member) => member.half);
  if (spec.mode === 'active-standby' && new Set(halves).size !== halves.length) {
    problems.push({
      path,
      message: 'Active/standby takes one member of each half',
      value: service.members.map((member) => member.name),
      fix: 'Make a service for each pair.',
    });
  }
  return problems;
}

/** A passthrough balancer hands packets on as they came. */
export function portProblem(path: string, at: { readonly port: number; readonly memberPort: number }): Problem {
  return {
    path,
    message: 'A passthrough balancer cannot translate ports',
    value: at.memberPort,
    bound: `the listener's port ${at.port}`,
    fix: 'Let the members listen on the same port.',
  };
}
