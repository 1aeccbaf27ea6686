import { Construct } from 'constructs';
import { tiers } from '../../contract/plan';
import type { Handles, Site } from '../../contract/site';
import { aclRule } from './acl';
import { aclKey, handle } from './names';

/** Above the network's own rules, below those of services. */
const operatorRuleNumber = 500;

/** SSH from the operators' networks, to every tier; who may log in, the SSH certificate authority says. */
export function access(scope: Construct, id: string, site: Site, network: Handles): void {
  if (site.operators.length === 0) return;
  const root = new Construct(scope, id);
  for (const tier of tiers) {
    aclRule(root, tier, site, handle(network, aclKey(tier)), operatorRuleNumber, [
      { protocol: 'tcp', port: '22', from: site.operators, why: 'Operators' },
    ]);
  }
}
