import { LaunchTemplate } from '@cdktf/provider-aws/lib/launch-template';
import type { Construct } from 'constructs';
import type { ElasticSpec } from '../../contract/elastic';
import { imageId } from './image';
import { requireMachineType } from './machine-type';
import { metadataHopLimit } from './machines';
import { nameOf, nameTag, templateNameLength } from './naming';
import { linuxRootDevice } from './packer-source';
import { providerOf } from './provider';
import { groupHandle } from './security';
import { handleOf } from './settings';
import { encodeUserData } from './user-data';

export function makeLaunchTemplate(own: Construct, spec: ElasticSpec): LaunchTemplate {
  const { site, network } = spec;
  return new LaunchTemplate(own, 'template', {
    provider: providerOf(own, site.id),
    name: nameOf(site, [spec.name], templateNameLength),
    imageId: imageId(own, site, spec.image),
    instanceType: requireMachineType(site, spec.size, `${own.node.path}.size`),
    userData: encodeUserData(spec.userData),
    vpcSecurityGroupIds: [handleOf(network, groupHandle(spec.tier))],
    iamInstanceProfile: { name: handleOf(network, 'instance-profile') },
    ebsOptimized: 'true',
    instanceInitiatedShutdownBehavior: 'terminate',
    // One value a minute: what the scaling target is computed for.
    monitoring: { enabled: true },
    metadataOptions: {
      httpEndpoint: 'enabled',
      httpTokens: 'required',
      httpPutResponseHopLimit: metadataHopLimit,
      instanceMetadataTags: 'enabled',
    },
    blockDeviceMappings: [{ deviceName: linuxRootDevice, ebs: rootVolume(spec.size.diskGiB) }],
    tagSpecifications: tagSpecifications(spec),
    updateDefaultVersion: true,
    tags: nameTag(site, spec.name),
  });
}

const rootVolume = (volumeSize: number) => ({
  volumeType: 'gp3',
  volumeSize,
  encrypted: 'true',
  deleteOnTermination: 'true',
});

/** Volumes and interfaces are tagged here; the machines themselves by their group. */
function tagSpecifications(spec: ElasticSpec) {
  const tags = { ...spec.site.labels, ...nameTag(spec.site, spec.name), role: spec.role };
  return ['volume', 'network-interface'].map((resourceType) => ({ resourceType, tags }));
}
