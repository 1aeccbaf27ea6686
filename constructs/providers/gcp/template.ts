import {
  ComputeRegionInstanceTemplate,
  type ComputeRegionInstanceTemplateConfig,
} from '@cdktf/provider-google/lib/compute-region-instance-template';
import { Fn } from 'cdktf';
import type { Construct } from 'constructs';
import type { ElasticSpec } from '../../contract/elastic';
import { stableHash } from '../../util/hash';
import { bootImage } from './image';
import { metadataOf, scheduling, scopes, shieldedFor, typeFor } from './machine';
import { labelsOf, nameLength, nameOf, roleTag } from './names';
import { providerOf } from './provider';
import { gcpSite } from './settings';
import { type UserData, userDataOf } from './user-data';

const hashLength = 8;

type Content = Pick<
  ComputeRegionInstanceTemplateConfig,
  'machineType' | 'disk' | 'labels' | 'tags' | 'scheduling' | 'shieldedInstanceConfig'
>;

/** A template never changes: other content is another name, made before the old one goes. Gives its self link. */
export function instanceTemplate(scope: Construct, spec: ElasticSpec): string {
  const { site, network, tier } = spec;
  const content = contentOf(scope, spec);
  const userData = userDataOf(scope, spec.userData);
  return new ComputeRegionInstanceTemplate(scope, 'template', {
    provider: providerOf(scope, site),
    name: templateName(spec, content, userData),
    region: gcpSite(site).settings.region,
    ...content,
    metadata: metadataOf(userData.text),
    networkInterface: [{ subnetwork: network[`subnet-${tier}`], nicType: 'GVNIC' }],
    serviceAccount: { email: network['service-account'], scopes },
    lifecycle: { createBeforeDestroy: true },
  }).selfLink;
}

function contentOf(scope: Construct, spec: ElasticSpec): Content {
  const { site, size, role } = spec;
  const labels = labelsOf(site, { role });
  return {
    machineType: typeFor(site, scope.node.path, spec),
    disk: [
      {
        sourceImage: bootImage(scope, site, spec.image),
        diskSizeGb: size.diskGiB,
        diskType: gcpSite(site).settings.diskType ?? 'pd-balanced',
        labels,
        boot: true,
        autoDelete: true,
      },
    ],
    labels,
    tags: [roleTag(site, role)],
    scheduling,
    shieldedInstanceConfig: shieldedFor(spec.image),
  };
}

/** The fleet's name and a hash of the content; Terraform hashes user data that holds tokens. */
function templateName({ site, name, tier }: ElasticSpec, content: Content, userData: UserData): string {
  const prefix = nameOf(site, [name], nameLength - hashLength - 1);
  const { project, region } = gcpSite(site).settings;
  const rest = JSON.stringify([project, region, tier, content]);
  if (!userData.late) return `${prefix}-${stableHash(rest + userData.hash, hashLength)}`;
  const whole = Fn.join('-', [stableHash(rest, hashLength), userData.hash]);
  return `${prefix}-${Fn.substr(Fn.sha256(whole), 0, hashLength)}`;
}
