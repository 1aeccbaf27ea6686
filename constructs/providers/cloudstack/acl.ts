import type { ITerraformDependable } from 'cdktf';
import type { Construct } from 'constructs';
import { NetworkAclRule } from '../../../.gen/providers/cloudstack/network-acl-rule';
import type { Site } from '../../contract/site';
import { stableHash } from '../../util/hash';
import { providerOf } from './provider';

export interface AclEntry {
  readonly protocol: 'tcp' | 'udp' | 'icmp' | 'all';
  /** `1935`, or `1-65535`; absent for `icmp` and `all`. */
  readonly port?: string;
  readonly from: readonly string[];
  readonly why: string;
}

/** Apart, so that an entry can be put between two others without renumbering. */
const step = 10;
/** The provider takes 1 to 65535 (verifyNetworkACLRuleParams, 0.6.0); below 1000 are the network's own. */
const serviceNumbers = { first: 1000, count: 6400 };

/**
 * Rules of one owner on an ACL list, one port each and numbered: without numbers the provider deletes and makes all of
 * them when one is put in (apache/cloudstack-terraform-provider #245).
 */
export function aclRule(
  scope: Construct,
  id: string,
  site: Site,
  aclId: string,
  firstNumber: number,
  entries: readonly AclEntry[],
  dependsOn: ITerraformDependable[] = [],
): NetworkAclRule {
  return new NetworkAclRule(scope, id, {
    provider: providerOf(scope, site),
    aclId,
    parallelism: 1,
    rule: entries.map((entry, index) => ({
      ruleNumber: firstNumber + index * step,
      action: 'allow',
      trafficType: 'ingress',
      protocol: entry.protocol,
      cidrList: [...entry.from],
      description: entry.why,
      ...(entry.port === undefined ? {} : { port: entry.port }),
      ...(entry.protocol === 'icmp' ? { icmpType: -1, icmpCode: -1 } : {}),
    })),
    ...(dependsOn.length > 0 ? { dependsOn } : {}),
  });
}

/** A number of its own for each service that adds rules to a list, from its name: services do not know each other. */
export function serviceRuleNumber(name: string): number {
  const place = parseInt(stableHash(name, 8), 16) % serviceNumbers.count;
  return serviceNumbers.first + place * step;
}
