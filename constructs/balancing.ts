import type {
  Balancer,
  BalancerMember,
  BalancerMode,
  BalancerService,
  BalancerSpec,
  HealthCheck,
} from './contract/balancer';
import type { Place } from './contract/place';
import type { Construct } from 'constructs';

/** Who balances at a place: its own balancer, a self-hosted pair behind its own entry, or a self-hosted pair with floating addresses. */
export type Balancing = 'native' | 'pair-behind-entry' | 'pair-with-floating-addresses';

/** The self-hosted pair serves wherever the provider's own balancer lacks the mode or cannot check health as asked. */
export function chooseBalancing(place: Place, mode: BalancerMode, check: HealthCheck): Balancing {
  const { modes, healthChecks } = place.adapter.facts.balancer;
  if (modes.includes(mode) && healthChecks.includes(check.protocol)) return 'native';
  return modes.includes('balanced') ? 'pair-behind-entry' : 'pair-with-floating-addresses';
}

/** Services of the entry in front of a pair: each address goes to the pair's own port for that service. */
export function entryServices(
  place: Place,
  services: readonly BalancerService[],
  pair: readonly BalancerMember[],
  portOf: (service: string) => number,
  check: HealthCheck,
): BalancerService[] {
  const checked = place.adapter.facts.balancer.healthChecks.includes(check.protocol) ? { healthCheck: check } : {};
  return services.map(({ healthCheck: _, ...service }) => ({
    ...service,
    ...checked,
    memberPort: portOf(service.name),
    members: pair,
  }));
}

/** The addresses of floating services are planned; the others come from the provider's balancer. */
export function buildBalancer(
  scope: Construct,
  id: string,
  place: Place,
  balancing: Balancing,
  spec: BalancerSpec,
): Balancer {
  if (balancing !== 'pair-with-floating-addresses') return place.adapter.balancer(scope, id, spec);
  return {
    addresses: Object.fromEntries(
      spec.services.map((service) => [service.name, [floatingAddress(place, service.addressSlot)]]),
    ),
  };
}

export function floatingAddress(place: Place, slot: number): string {
  const { plan } = place.site;
  return plan.public ? plan.public(slot) : plan.shared('balancer', slot);
}
