import { Construct } from 'constructs';
import { AutoscalePolicy } from '../../../.gen/providers/cloudstack/autoscale-policy';
import { AutoscaleVmGroup } from '../../../.gen/providers/cloudstack/autoscale-vm-group';
import { AutoscaleVmProfile } from '../../../.gen/providers/cloudstack/autoscale-vm-profile';
import { Condition } from '../../../.gen/providers/cloudstack/condition';
import type { Ipaddress } from '../../../.gen/providers/cloudstack/ipaddress';
import { LoadbalancerRule } from '../../../.gen/providers/cloudstack/loadbalancer-rule';
import type { ElasticFleet, ElasticListener, ElasticSpec } from '../../contract/elastic';
import { ProblemsError } from '../../contract/problem';
import { publicAddress } from './addresses';
import { admit } from './admission';
import { algorithm } from './balancer';
import { goDuration } from './duration';
import { type FleetBoot, fleetBoot } from './files-server';
import { compressedBytes, maxCompressedBytes } from './first-boot';
import { image, templateId } from './image';
import { offeringId } from './machine-types';
import { handle, nameOf, networkKey, tagsOf } from './names';
import { providerOf } from './provider';
import { replacementTrigger, type Trigger } from './replacement';
import { privateCloudOf, settingsOf } from './settings';
import { digest, encodeCompressed } from './user-data';

/** Seconds between two looks at the counter; a policy's duration may not be shorter (AutoScaleManagerImpl). */
const intervalSeconds = 30;
/** Seconds that the egress must stay high, or low, until a machine is added, or removed. */
const durationSeconds = { scaleup: 60, scaledown: 300 } as const;
/** A machine goes when the rest, even one of two, stays under the target: at less than half of it. */
const scaleDownShare = 0.4;

/**
 * A group of machines behind a rule of its own. CloudStack changes neither profile, policies, conditions nor bounds of
 * a group that is enabled, so a change of any of them makes the group anew, on the same address.
 */
export function elastic(scope: Construct, id: string, spec: ElasticSpec): ElasticFleet {
  const root = new Construct(scope, id);
  const listener = theListener(root, spec);
  const boot = bootOf(root, spec);
  const address = publicAddress(root, 'address', { ...spec, role: spec.name });
  const rule = listen(root, spec, listener, address);
  const generation = replacementTrigger(root, 'generation', generationOf(spec));
  const profile = makeProfile(root, spec, boot, generation);
  new AutoscaleVmGroup(root, 'group', {
    provider: providerOf(root, spec.site),
    name: nameOf(spec.site, spec.name),
    lbruleId: rule.id,
    vmProfileId: profile.id,
    minMembers: spec.min,
    maxMembers: spec.max,
    interval: intervalSeconds,
    scaleupPolicyIds: [makePolicy(root, spec, 'scaleup', generation).id],
    scaledownPolicyIds: [makePolicy(root, spec, 'scaledown', generation).id],
    state: 'enable',
    // Read back as true: left out, every plan would take it away, which an enabled group refuses.
    display: true,
    cleanup: true,
    lifecycle: { replaceTriggeredBy: [generation.address] },
    ...(boot.after.length > 0 ? { dependsOn: boot.after } : {}),
  });
  return { addresses: [address.ipAddress] };
}

function theListener(scope: Construct, spec: ElasticSpec): ElasticListener {
  const [listener] = spec.listeners;
  if (listener && spec.listeners.length === 1) return listener;
  throw new ProblemsError([
    {
      path: scope.node.path,
      message: `fleet ${spec.name} has ${spec.listeners.length} listeners, and a group hangs on one rule`,
      bound: '1 listener',
      fix: 'Use one listener, or place the fleet as `elastic: "peak"`.',
    },
  ]);
}

/** @throws ProblemsError when even what is left without the files is too long */
function bootOf(scope: Construct, spec: ElasticSpec): FleetBoot {
  const boot = fleetBoot(scope, spec);
  const bytes = compressedBytes(boot.userData);
  if (bytes <= maxCompressedBytes) return boot;
  throw new ProblemsError([
    {
      path: scope.node.path,
      message: `the user data of fleet ${spec.name} is too long for autoscaled machines`,
      value: bytes,
      bound: `${maxCompressedBytes} bytes, compressed`,
      fix: 'Bake an image for the role, or place the fleet as `elastic: "peak"`.',
    },
  ]);
}

/** Whatever CloudStack would refuse to change in place. */
function generationOf(spec: ElasticSpec): Record<string, string> {
  const { site, min, max, targetEgressMbps, drainSeconds, bootSeconds } = spec;
  const { vcpu, memoryGiB, diskGiB, egressMbps } = spec.size;
  const size = { vcpu, memoryGiB, diskGiB, egressMbps };
  const shape = { size, min, max, targetEgressMbps, drainSeconds, bootSeconds, template: image.name(site, spec.image) };
  return { shape: JSON.stringify(shape), userData: digest(spec.userData) };
}

function listen(scope: Construct, spec: ElasticSpec, listener: ElasticListener, address: Ipaddress): LoadbalancerRule {
  const { site, network, tier } = spec;
  const name = nameOf(site, spec.name, listener.name);
  const rule = new LoadbalancerRule(scope, 'rule', {
    provider: providerOf(scope, site),
    name,
    description: name,
    ipAddressId: address.id,
    networkId: handle(network, networkKey(tier)),
    algorithm,
    protocol: 'tcp',
    publicPort: listener.port,
    privatePort: listener.memberPort,
    memberIds: [],
    // The group's members come and go, and reading shows them (resource_cloudstack_loadbalancer_rule.go, 0.6.0).
    lifecycle: { ignoreChanges: ['member_ids'] },
  });
  admit(scope, 'admission', {
    site,
    network,
    tier,
    name: spec.name,
    addressId: address.id,
    openings: [{ protocol: 'tcp', ports: [String(listener.memberPort)] }],
    after: [rule],
  });
  return rule;
}

function makeProfile(scope: Construct, spec: ElasticSpec, boot: FleetBoot, generation: Trigger): AutoscaleVmProfile {
  const { site, network } = spec;
  const { zone, keypair } = settingsOf(site);
  return new AutoscaleVmProfile(scope, 'profile', {
    provider: providerOf(scope, site),
    serviceOffering: offeringId(site, network, spec.size, 'elastic'),
    template: templateId(scope, site, spec.image),
    zone: zone.id,
    destroyVmGracePeriod: goDuration(spec.drainSeconds),
    otherDeployParams: {
      rootdisksize: String(spec.size.diskGiB),
      ...(keypair === undefined ? {} : { keypairs: keypair }),
    },
    userData: encodeCompressed(boot.userData),
    display: true,
    metadata: tagsOf(site),
    // Another release of Terraform may compress to other bytes that mean the same.
    lifecycle: { replaceTriggeredBy: [generation.address], ignoreChanges: ['user_data'] },
  });
}

function makePolicy(
  scope: Construct,
  spec: ElasticSpec,
  action: keyof typeof durationSeconds,
  generation: Trigger,
): AutoscalePolicy {
  const provider = providerOf(scope, spec.site);
  const { account, egressCounter } = privateCloudOf(spec.site);
  const up = action === 'scaleup';
  const condition = new Condition(scope, `${action}-condition`, {
    provider,
    counterId: egressCounter,
    relationalOperator: up ? 'GT' : 'LT',
    threshold: up ? spec.targetEgressMbps : Math.floor(spec.targetEgressMbps * scaleDownShare),
    accountName: account.name,
    domainId: account.domainId,
    lifecycle: { replaceTriggeredBy: [generation.address] },
  });
  return new AutoscalePolicy(scope, action, {
    provider,
    name: nameOf(spec.site, spec.name, action),
    action: action.toUpperCase(),
    duration: durationSeconds[action],
    quietTime: spec.bootSeconds + intervalSeconds,
    conditionIds: [condition.id],
    lifecycle: { replaceTriggeredBy: [generation.address] },
  });
}
