import type { Site } from '../../contract/site';
import { boundedName } from '../../util/names';

/** Characters of a load balancer's or target group's name: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html */
export const balancerNameLength = 32;
/** Characters of an IAM role's name: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export const roleNameLength = 64;
/** Characters of a launch template's name; the provider's own bound is 125 of the API's 128. */
export const templateNameLength = 125;
/** Characters of a tag's value, and of a security group's, placement group's and scaling group's name. */
export const tagLength = 255;

/** `live-tokyo-...`: unique in the account, within the limit of what it names. */
export function nameOf(site: Site, parts: readonly string[], maxLength: number): string {
  return boundedName([site.platform, site.id, ...parts], { maxLength });
}

/** Most network resources have no name but this tag; labels come from the provider's default tags. */
export function nameTag(site: Site, ...parts: readonly string[]): Record<string, string> {
  return { Name: nameOf(site, parts, tagLength) };
}
