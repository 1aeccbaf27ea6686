import { DataAwsAmi } from '@cdktf/provider-aws/lib/data-aws-ami';
import type { Construct } from 'constructs';
import type { ImageMember } from '../../contract/adapter';
import type { ImageReference, PackerSource } from '../../contract/image';
import { ProblemsError } from '../../contract/problem';
import type { Site } from '../../contract/site';
import { boundedName } from '../../util/names';
import stock from './data/images.json';
import { providerOf } from './provider';
import { settingsOf } from './settings';

type Architecture = ImageReference['architecture'];

/** Characters of an image's name: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateImage.html */
const imageNameLength = 128;
/** Build machines: two vCPUs are enough to install packages. */
const builder: Readonly<Record<Architecture, string>> = { amd64: 'c7i.large', arm64: 'c7g.large' };

export const image: ImageMember = { name, packerSource };

/** An own image is named by its content; the stock one by its id, because ids are what never moves. */
function name(site: Site, reference: ImageReference): string {
  const { role, architecture, contentId } = reference;
  if (contentId === undefined) return stockImage(site, architecture);
  return boundedName([site.platform, role, architecture, contentId], { maxLength: imageNameLength });
}

/** The pinned stock image of a region, unless the topology names one; undefined where neither is known. */
export function findStockImage(site: Site, architecture: Architecture): string | undefined {
  const { region, images } = settingsOf(site);
  const pinned: Readonly<Record<string, string>> = stock[architecture];
  return images?.[architecture] ?? pinned[region];
}

function stockImage(site: Site, architecture: Architecture): string {
  const found = findStockImage(site, architecture);
  if (found !== undefined) return found;
  throw new ProblemsError([missingStockImage(site, architecture, `sites.${site.id}.settings.images`)]);
}

export function missingStockImage(site: Site, architecture: Architecture, path: string) {
  const { region } = settingsOf(site);
  const parameter = `/aws/service/canonical/ubuntu/server/24.04/stable/current/${architecture}/hvm/ebs-gp3/ami-id`;
  return {
    path,
    message: `no stock ${architecture} image is pinned for region ${region}`,
    value: region,
    bound: `regions with a pinned image: ${Object.keys(stock[architecture]).sort().join(', ') || 'none'}`,
    fix: `Set settings.images.${architecture} to what "aws ssm get-parameter --region ${region} --name ${parameter}" says.`,
  };
}

/** The id that a machine boots. An own image is looked up by its exact name among the account's own. */
export function imageId(scope: Construct, id: string, site: Site, reference: ImageReference): string {
  const named = name(site, reference);
  if (reference.contentId === undefined) return named;
  return new DataAwsAmi(scope, id, {
    provider: providerOf(scope, site.id),
    owners: ['self'],
    filter: [{ name: 'name', values: [named] }],
  }).id;
}

function packerSource(site: Site, reference: ImageReference): PackerSource {
  const { region } = settingsOf(site);
  return {
    type: 'amazon-ebs',
    plugin: { source: 'github.com/hashicorp/amazon', version: '1.3.9' },
    body: {
      region,
      source_ami: stockImage(site, reference.architecture),
      instance_type: builder[reference.architecture],
      ssh_username: 'ubuntu',
      ami_name: name(site, reference),
      encrypt_boot: true,
      ena_support: true,
      imds_support: 'v2.0',
      metadata_options: {
        http_endpoint: 'enabled',
        http_tokens: 'required',
        http_put_response_hop_limit: 1,
      },
      tags: { ...site.labels, role: reference.role },
      run_tags: { ...site.labels, role: reference.role },
    },
  };
}
