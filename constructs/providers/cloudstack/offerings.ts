import { Construct } from 'constructs';
import { ServiceOfferingFixed } from '../../../.gen/providers/cloudstack/service-offering-fixed';
import type { Handles, Site } from '../../contract/site';
import { nameOf, offeringKey, type OfferingUse } from './names';
import { providerOf } from './provider';
import { type MachineTypeSettings, privateCloudOf, settingsOf } from './settings';

interface MadeOffering {
  readonly type: MachineTypeSettings;
  readonly use: OfferingUse;
}

const uses: readonly OfferingUse[] = ['a', 'b', 'elastic'];

/** What reading gives though nothing was written: without this, every plan would show a change (0.6.0, commonRead). */
const readBack = ['deployment_planner', 'disk_offering_id', 'domain_ids', 'zone_ids'];

/** One offering of each type and half, whose host tag keeps the halves on different hosts, and one for autoscaling. */
export function madeOfferings(site: Site): readonly MadeOffering[] {
  return settingsOf(site)
    .machineTypes.filter((type) => type.offerings === undefined)
    .flatMap((type) => uses.map((use) => ({ type, use })));
}

export function makeOfferings(scope: Construct, site: Site): Handles {
  const root = new Construct(scope, 'offerings');
  const entries = madeOfferings(site).map((made) => {
    const key = offeringKey(made.type.name, made.use);
    return [key, makeOffering(root, key, site, made).id];
  });
  return Object.fromEntries(entries) as Handles;
}

/** `limit_cpu_use` stays off, so that a machine may use what its neighbours leave: that is the point of overcommitting. */
function makeOffering(scope: Construct, id: string, site: Site, { type, use }: MadeOffering): ServiceOfferingFixed {
  const { hostTags } = privateCloudOf(site);
  return new ServiceOfferingFixed(scope, id, {
    provider: providerOf(scope, site),
    name: nameOf(site, type.name, use),
    displayText: `${type.name} of ${site.platform} ${site.id}, ${use === 'elastic' ? 'autoscaled' : `half ${use}`}`,
    cpuNumber: type.vcpu,
    cpuSpeed: type.cpuMHz ?? 0,
    memory: type.memoryGiB * 1024,
    limitCpuUse: false,
    networkRate: type.egressMbps,
    ...(use === 'elastic' ? {} : { hostTags: hostTags[use] }),
    lifecycle: { ignoreChanges: readBack },
  });
}
