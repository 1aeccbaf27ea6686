import type { TerraformResource } from 'cdktf';
import type { Construct } from 'constructs';
import { LtmMonitor } from '../../../.gen/providers/bigip/ltm-monitor';
import { LtmPool } from '../../../.gen/providers/bigip/ltm-pool';
import { LtmPoolAttachment } from '../../../.gen/providers/bigip/ltm-pool-attachment';
import { LtmProfileFastl4 } from '../../../.gen/providers/bigip/ltm-profile-fastl4';
import { LtmVirtualAddress } from '../../../.gen/providers/bigip/ltm-virtual-address';
import { LtmVirtualServer } from '../../../.gen/providers/bigip/ltm-virtual-server';
import type { BigipProvider } from '../../../.gen/providers/bigip/provider';
import type { Balancer, BalancerService, BalancerSpec } from '../../contract/balancer';
import { type Problem, refuse } from '../../contract/problem';
import { deviceAddresses } from './layout';
import { bigipName } from './names';
import { primaryOf } from './provider';
import { type MetalSite, metalSite } from './settings';
import { saveAndSync } from './sync';
import { type Monitor, renderService, type ServiceObjects } from './traffic';

/**
 * Addresses and pools on the balancer pair, written through the primary box, saved and synchronised.
 * @throws ProblemsError when the site has no balancers or a service's address belongs to a device
 */
export function balancer(scope: Construct, id: string, spec: BalancerSpec): Balancer {
  const site = metalSite(spec.site);
  refuse(checkBalancer(site, spec));
  const provider = primaryOf(scope, site);
  const profile = {
    name: bigipName(site.platform, site.id, spec.name, 'l4'),
    defaultsFrom: '/Common/fastL4',
    idleTimeout: String(spec.idleSeconds),
  };
  const fastL4 = new LtmProfileFastl4(scope, `${id}-l4`, { provider, ...profile });
  const rendered = spec.services.map((service) => renderService(spec, service, addressOf(site, spec, service)));
  const built = rendered.flatMap((objects) =>
    buildService(scope, `${id}-${objects.service}`, provider, objects, fastL4),
  );
  saveAndSync(scope, `${id}-sync`, provider, { profile, services: rendered }, [fastL4, ...built]);
  return { addresses: Object.fromEntries(rendered.map(({ service, server }) => [service, [server.destination]])) };
}

function addressOf(site: MetalSite, spec: BalancerSpec, { addressSlot }: BalancerService): string {
  const address =
    spec.exposure === 'public' ? site.plan.public?.(addressSlot) : site.plan.shared('balancer', addressSlot);
  return address ?? '';
}

function checkBalancer(site: MetalSite, spec: BalancerSpec): Problem[] {
  const path = `sites.${site.id}.settings`;
  if (!site.settings.balancers) {
    return [
      {
        path: `${path}.balancers`,
        message: 'the site has no hardware balancers',
        fix: 'Describe them, or choose the profile `software`.',
      },
    ];
  }
  if (spec.exposure === 'public' && (!site.plan.public || !site.settings.public)) {
    const message = `${spec.name} is public and the site has no public block`;
    return [
      {
        path: `${path}.public`,
        message,
        fix: 'Give the site a `publicBlock`, and the block’s VLAN and gateway in `settings.public`.',
      },
    ];
  }
  const taken = deviceAddresses(site);
  return spec.services
    .filter((service) => taken.has(addressOf(site, spec, service)))
    .map((service) => clash(path, site, spec, service));
}

function clash(path: string, site: MetalSite, spec: BalancerSpec, service: BalancerService): Problem {
  return {
    path: `${path}.public.cidr`,
    message: `the address of ${spec.name} ${service.name} belongs to a switch, a balancer or the upstream’s router`,
    value: addressOf(site, spec, service),
    fix: 'Use lower numbers (shards, fleet sizes), or a larger range.',
  };
}

function buildService(
  scope: Construct,
  id: string,
  provider: BigipProvider,
  objects: ServiceObjects,
  profile: LtmProfileFastl4,
): TerraformResource[] {
  const monitors = objects.monitors.map((monitor) => buildMonitor(scope, `${id}-${monitor.id}`, provider, monitor));
  const { monitors: _, ...poolConfig } = objects.pool;
  const pool = new LtmPool(scope, `${id}-pool`, {
    provider,
    ...poolConfig,
    monitors: monitors.slice(0, 1).map(({ name }) => name),
  });
  const members = objects.members.map(({ name, ...member }) =>
    buildMember(scope, `${id}-${name}`, provider, pool, member, monitors),
  );
  const address = new LtmVirtualAddress(scope, `${id}-address`, {
    provider,
    name: objects.address,
    trafficGroup: '/Common/traffic-group-1',
    arp: true,
    autoDelete: false,
  });
  const server = buildServer(scope, `${id}-server`, provider, objects, { pool, profile, address });
  return [...monitors, pool, ...members, address, server];
}

function buildMonitor(
  scope: Construct,
  id: string,
  provider: BigipProvider,
  { id: _, ...monitor }: Monitor,
): LtmMonitor {
  return new LtmMonitor(scope, id, { provider, ...monitor });
}

/** By address and port, without a node of its own: a node cannot change its address while a pool refers to it (01070110). */
function buildMember(
  scope: Construct,
  id: string,
  provider: BigipProvider,
  pool: LtmPool,
  { node, ...member }: Omit<ServiceObjects['members'][number], 'name'>,
  monitors: readonly LtmMonitor[],
): LtmPoolAttachment {
  return new LtmPoolAttachment(scope, id, {
    provider,
    pool: pool.name,
    nodeAttribute: node,
    ...member,
    lifecycle: { createBeforeDestroy: true },
    ...(member.monitor ? { dependsOn: [...monitors] } : {}),
  });
}

interface ServerParts {
  readonly pool: LtmPool;
  readonly profile: LtmProfileFastl4;
  readonly address: LtmVirtualAddress;
}

function buildServer(
  scope: Construct,
  id: string,
  provider: BigipProvider,
  { server }: ServiceObjects,
  parts: ServerParts,
): LtmVirtualServer {
  return new LtmVirtualServer(scope, id, {
    provider,
    name: server.name,
    description: server.description,
    destination: server.destination,
    mask: '255.255.255.255',
    port: server.port,
    ipProtocol: 'tcp',
    profiles: [parts.profile.name],
    pool: parts.pool.name,
    // Members answer to the balancer, wherever their own default route goes.
    sourceAddressTranslation: 'automap',
    vlans: [server.vlan],
    vlansEnabled: true,
    dependsOn: [parts.address],
  });
}
