import type { Problem } from '../../contract/problem';
import type { Site } from '../../contract/site';
import { partnerAsn } from './circuit';
import { gcpSite } from './settings';

/** Numbers that Cloud Router takes: https://cloud.google.com/network-connectivity/docs/router/how-to/create-router-vpc-network, read 2026-11-20. */
const asnRanges = [
  [partnerAsn, partnerAsn],
  [64512, 65534],
  [4200000000, 4294967294],
] as const;

export function check(site: Site): readonly Problem[] {
  return [...zoneProblems(site), ...asnProblems(site)];
}

function zoneProblems(site: Site): Problem[] {
  const { region, zones } = gcpSite(site).settings;
  const elsewhere = zones.filter((zone) => zone.slice(0, -2) !== region);
  const problems: Problem[] = elsewhere.map((zone) => ({
    path: 'settings.zones',
    message: `A zone is not in the region`,
    value: zone,
    bound: region,
    fix: `Name three zones that begin with ${region}-.`,
  }));
  if (new Set(zones).size === zones.length) return problems;
  const fix = 'Name three different zones: the halves must not share one.';
  return [...problems, { path: 'settings.zones', message: 'A zone is named twice', value: zones, fix }];
}

function asnProblems(site: Site): Problem[] {
  if (asnRanges.some(([from, to]) => site.asn >= from && site.asn <= to)) return [];
  return [
    {
      path: 'asn',
      message: 'Cloud Router does not take this number',
      value: site.asn,
      bound: asnRanges.map(([from, to]) => (from === to ? `${from}` : `${from} to ${to}`)).join(', '),
      fix: 'Leave asn out, or take a private one.',
    },
  ];
}
