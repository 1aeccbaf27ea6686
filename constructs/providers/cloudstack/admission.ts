import type { ITerraformDependable } from 'cdktf';
import type { Construct } from 'constructs';
import { Firewall } from '../../../.gen/providers/cloudstack/firewall';
import type { Tier } from '../../contract/plan';
import type { Handles, Site } from '../../contract/site';
import { aclRule, serviceRuleNumber } from './acl';
import { aclKey, handle } from './names';
import { providerOf } from './provider';
import { isPrivate } from './settings';

export interface Opening {
  readonly protocol: 'tcp' | 'udp' | 'icmp';
  /** `1935`, or `1-65535`; empty for `icmp`. */
  readonly ports: readonly string[];
}

export interface Admission {
  readonly site: Site;
  readonly network: Handles;
  readonly tier: Tier;
  /** Unique at its site: gives the rules their numbers. */
  readonly name: string;
  readonly addressId: string;
  readonly openings: readonly Opening[];
  /** What must be there before, so that one change of the router follows the other. */
  readonly after: ITerraformDependable[];
}

const everybody = ['0.0.0.0/0'];

/** Lets everybody in to a public address: by its own firewall, or, in a VPC, by rules on the tier's ACL. */
export function admit(scope: Construct, id: string, spec: Admission): ITerraformDependable {
  return isPrivate(spec.site) ? admitByAcl(scope, id, spec) : admitByFirewall(scope, id, spec);
}

function admitByFirewall(scope: Construct, id: string, spec: Admission): Firewall {
  return new Firewall(scope, id, {
    provider: providerOf(scope, spec.site),
    ipAddressId: spec.addressId,
    parallelism: 1,
    rule: spec.openings.map(({ protocol, ports }) => ({
      protocol,
      cidrList: everybody,
      ...(protocol === 'icmp' ? { icmpType: -1, icmpCode: -1 } : { ports: [...ports] }),
    })),
    dependsOn: spec.after,
  });
}

function admitByAcl(scope: Construct, id: string, spec: Admission): ITerraformDependable {
  const acl = handle(spec.network, aclKey(spec.tier));
  const entries = spec.openings.flatMap(({ protocol, ports }) =>
    (ports.length > 0 ? ports : [undefined]).map((port) => ({
      protocol,
      from: everybody,
      why: spec.name,
      ...(port === undefined ? {} : { port }),
    })),
  );
  return aclRule(scope, id, spec.site, acl, serviceRuleNumber(spec.name), entries, spec.after);
}
