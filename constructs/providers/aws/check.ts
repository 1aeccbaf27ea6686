import type { Problem } from '../../contract/problem';
import { tiers, zones } from '../../contract/plan';
import type { Site } from '../../contract/site';
import { parseCidr } from '../../util/cidr';
import { families } from './machine-type';
import { settingsOf } from './settings';
import { subnetCidr, subnetKinds } from './subnets';

/** Sizes of a VPC and of a subnet: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html */
const widestVpc = 16;
const narrowestSubnet = 28;
/** Private numbers that a transit gateway takes: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_TransitGatewayRequestOptions.html */
const hubNumbers = [
  [64512, 65534],
  [4200000000, 4294967294],
] as const;

/** Rules on a site on AWS, all at once; paths start below the site. */
export function check(site: Site): readonly Problem[] {
  return [...checkRanges(site), ...checkAsn(site), ...checkZones(site), ...checkFamilies(site)];
}

function checkRanges(site: Site): Problem[] {
  const wide = parseCidr(site.plan.cidr).prefix < widestVpc;
  const narrow = subnetKinds.some((kind) =>
    zones.some((zone) => parseCidr(subnetCidr(site.plan, kind, zone)).prefix > narrowestSubnet),
  );
  return wide || narrow ? [rangeProblem(site)] : [];
}

const rangeProblem = (site: Site): Problem => ({
  path: 'number',
  message: `the site's block does not make a VPC with ${tiers.length} tiers in ${zones.length} zones`,
  value: site.plan.cidr,
  bound: `a VPC of /${widestVpc} or less, subnets of /${narrowestSubnet} or more`,
  fix: 'Give the platform an internal block whose sites are /16.',
});

function checkAsn(site: Site): Problem[] {
  if (hubNumbers.some(([low, high]) => site.asn >= low && site.asn <= high)) return [];
  return [
    {
      path: 'asn',
      message: 'a transit gateway does not take this autonomous system number',
      value: site.asn,
      bound: hubNumbers.map(([low, high]) => `${low} to ${high}`).join(' or '),
      fix: `Leave asn out, or use ${64512 + site.plan.number}.`,
    },
  ];
}

/** Zone ids begin with the region's short form: `apne1` for `ap-northeast-1`. */
function checkZones(site: Site): Problem[] {
  const { region, zones: zoneIds } = settingsOf(site);
  const short = shortRegion(region);
  return zoneIds
    .map((zone, index) => ({ zone, index }))
    .filter(({ zone }) => !zone.startsWith(`${short}-az`))
    .map(({ zone, index }) => ({
      path: `settings.zones.${index}`,
      message: `is no zone of ${region}`,
      value: zone,
      bound: `zone ids of the form ${short}-az1`,
      fix: `Choose three that "aws ec2 describe-availability-zones --region ${region} --query 'AvailabilityZones[].ZoneId'" lists.`,
    }));
}

const directions: Readonly<Record<string, string>> = {
  northeast: 'ne',
  northwest: 'nw',
  southeast: 'se',
  southwest: 'sw',
  north: 'n',
  south: 's',
  east: 'e',
  west: 'w',
  central: 'c',
};

function shortRegion(region: string): string {
  return region
    .split('-')
    .map((part) => directions[part] ?? (part === 'gov' ? 'g' : part))
    .join('');
}

function checkFamilies(site: Site): Problem[] {
  const unknown = (settingsOf(site).families ?? []).filter((family) => !families.includes(family));
  return unknown.map((family) => ({
    path: 'settings.families',
    message: 'Watari knows no sizes of this instance family',
    value: family,
    bound: `one of ${families.join(', ')}`,
    fix: 'Use one of these, or add the family to constructs/providers/aws/data/machine-types.json.',
  }));
}
