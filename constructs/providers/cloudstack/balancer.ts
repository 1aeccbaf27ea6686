import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { LoadbalancerRule } from '../../../.gen/providers/cloudstack/loadbalancer-rule';
import type { Balancer, BalancerService, BalancerSpec } from '../../contract/balancer';
import type { Tier } from '../../contract/plan';
import { ProblemsError } from '../../contract/problem';
import { publicAddress, tierOf } from './addresses';
import { admit } from './admission';
import { handle, nameOf, networkKey } from './names';
import { providerOf } from './provider';
import { isPrivate } from './settings';

/** Sessions last for hours, so new ones go to the member with the fewest. */
export const algorithm = 'leastconn';

/** One public address and one rule on the virtual router for each service, one after the other. */
export function balancer(scope: Construct, id: string, spec: BalancerSpec): Balancer {
  const root = new Construct(scope, id);
  if (spec.exposure === 'internal') refuseInternal(root, spec);
  const addresses: Record<string, readonly string[]> = {};
  let after: ITerraformDependable[] = [];
  for (const service of spec.services) {
    const made = serve(new Construct(root, service.name), spec, service, after);
    addresses[service.name] = [made.address];
    after = [made.last];
  }
  return { addresses };
}

function refuseInternal(scope: Construct, spec: BalancerSpec): never {
  throw new ProblemsError([
    {
      path: scope.node.path,
      message: `balancer ${spec.name} is internal, and the virtual router balances public addresses only`,
      fix: 'Use the self-hosted HAProxy pair, or a public balancer.',
    },
  ]);
}

function serve(scope: Construct, spec: BalancerSpec, service: BalancerService, after: ITerraformDependable[]) {
  const { site, network } = spec;
  const tier: Tier = tierOf(site, service.members[0]?.address ?? site.plan.tiers.edge.gateway);
  const address = publicAddress(scope, 'address', { site, network, tier, role: `${spec.name}-${service.name}` });
  const rule = new LoadbalancerRule(scope, 'rule', {
    provider: providerOf(scope, site),
    name: nameOf(site, spec.name, service.name),
    description: nameOf(site, spec.name, service.name),
    ipAddressId: address.id,
    algorithm,
    protocol: 'tcp',
    publicPort: service.port,
    privatePort: service.memberPort,
    memberIds: service.members.map((member) => handle(member.handles, 'id')),
    ...(isPrivate(site) ? { networkId: handle(network, networkKey(tier)) } : {}),
    ...(after.length > 0 ? { dependsOn: after } : {}),
  });
  const last = admit(scope, 'admission', {
    site,
    network,
    tier,
    name: `${spec.name}-${service.name}`,
    addressId: address.id,
    // A firewall looks at the public port; an ACL stands behind the balancer and looks at the members'.
    openings: [{ protocol: 'tcp', ports: [String(isPrivate(site) ? service.memberPort : service.port)] }],
    after: [rule],
  });
  return { address: address.ipAddress, last };
}
