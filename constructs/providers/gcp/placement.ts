import { ComputeResourcePolicy } from '@cdktf/provider-google/lib/compute-resource-policy';
import type { Construct } from 'constructs';
import type { MachineSpec, MachinesSpec } from '../../contract/machines';
import { groupBy } from '../../util/group';
import { nameOf } from './names';
import { providerOf } from './provider';
import { gcpSite } from './settings';

/** Most domains that a spread policy can ask for: https://cloud.google.com/compute/docs/instances/placement-policies-overview, read 2026-11-20. */
const domains = 8;

/** Halves are zones, hence apart; members of one group in one zone are spread over hosts. By the machine's name: a policy. */
export function spreadPolicies(scope: Construct, spec: MachinesSpec): ReadonlyMap<string, string> {
  const byMachine = new Map<string, string>();
  const groups = groupBy(spec.machines, (machine) => `${machine.antiAffinity}-${machine.half}`);
  for (const [key, members] of groups) {
    if (members.length < 2) continue;
    const policy = spread(scope, spec, key);
    for (const member of members) byMachine.set(member.name, policy);
  }
  return byMachine;
}

function spread(scope: Construct, { site }: MachinesSpec, key: MachineSpec['antiAffinity']): string {
  return new ComputeResourcePolicy(scope, `spread-${key}`, {
    provider: providerOf(scope, site),
    name: nameOf(site, ['spread', key]),
    region: gcpSite(site).settings.region,
    groupPlacementPolicy: { availabilityDomainCount: domains },
  }).selfLink;
}
