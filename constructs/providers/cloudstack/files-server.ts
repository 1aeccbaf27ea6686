import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { Instance } from '../../../.gen/providers/cloudstack/instance';
import type { ElasticSpec } from '../../contract/elastic';
import { type Half, halves } from '../../contract/site';
import { stableHash } from '../../util/hash';
import { compressedBytes, filesServer, maxCompressedBytes, splitBoot } from './first-boot';
import { templateId } from './image';
import { offeringId } from './machine-types';
import { handle, nameOf, networkKey, tagsOf } from './names';
import { providerOf } from './provider';
import { replacementTrigger } from './replacement';
import { settingsOf } from './settings';
import { digest, encode } from './user-data';

export interface FleetBoot {
  readonly userData: string;
  /** Machines that must be there before the first one of the fleet. */
  readonly after: ITerraformDependable[];
}

/** Places for pairs of servers among the tier's shared addresses. */
const pairs = 100;
const smallest = { vcpu: 1, memoryGiB: 1, egressMbps: 1 };

/**
 * What autoscaled machines boot with. Where the files of a role do not fit into the user data that CloudStack lets them
 * have, a machine in each half holds them. They are asked at a first boot only.
 */
export function fleetBoot(scope: Construct, spec: ElasticSpec): FleetBoot {
  if (compressedBytes(spec.userData) <= maxCompressedBytes) return { userData: spec.userData, after: [] };
  const addresses = halves.map((half) => serverAddress(spec, half));
  const { bootstrap, script } = splitBoot(spec.userData, addresses);
  const root = new Construct(scope, 'files');
  const userData = filesServer(script, spec.site.supernet);
  return {
    userData: bootstrap,
    after: halves.map((half) => makeServer(new Construct(root, half), spec, half, userData)),
  };
}

function serverAddress(spec: ElasticSpec, half: Half): string {
  const place = parseInt(stableHash(spec.name, 8), 16) % pairs;
  return spec.site.plan.shared(spec.tier, 1 + 2 * place + halves.indexOf(half));
}

function makeServer(scope: Construct, spec: ElasticSpec, half: Half, userData: string): Instance {
  const { site, network } = spec;
  const name = nameOf(site, spec.name, 'files', half);
  const trigger = replacementTrigger(scope, 'first-boot', { userData: digest(userData) });
  return new Instance(scope, 'instance', {
    provider: providerOf(scope, site),
    name,
    displayName: name,
    serviceOffering: offeringId(site, network, { ...smallest, diskGiB: spec.size.diskGiB }, half),
    // The fleet's own image: it has Python, and one image less to build.
    template: templateId(scope, site, spec.image),
    zone: settingsOf(site).zone.id,
    networkId: handle(network, networkKey(spec.tier)),
    ipAddress: serverAddress(spec, half),
    rootDiskSize: spec.size.diskGiB,
    userData: encode(userData),
    expunge: true,
    tags: tagsOf(site),
    lifecycle: { replaceTriggeredBy: [trigger.address] },
  });
}
