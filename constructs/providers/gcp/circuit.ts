import type { Construct } from 'constructs';
import type { Circuit, CircuitPath, LinkEndSpec } from '../../contract/link';
import type { Problem } from '../../contract/problem';
import { bgpSession } from './session';
import { type GcpCircuitEnd, gcpSite } from './settings';

/** Number that Cloud Router must have for Partner Interconnect: https://cloud.google.com/network-connectivity/docs/interconnect/concepts/partner-overview, read 2026-11-20. */
export const partnerAsn = 16550;

function endOf(circuit: Circuit): GcpCircuitEnd {
  return circuit.end as GcpCircuitEnd;
}

/**
 * BGP over adopted VLAN attachments. A partner attachment brings its own interface and peer, which only gcloud can change:
 * see the prerequisite `partner-session`.
 */
export function circuitPath(scope: Construct, spec: LinkEndSpec, path: CircuitPath): void {
  const { project, region } = gcpSite(spec.site).settings;
  for (const circuit of path.circuits) {
    const end = endOf(circuit);
    if (end.type === 'PARTNER') continue;
    bgpSession(scope, spec, {
      id: `${path.id}-${circuit.id}`,
      local: circuit.local,
      remote: circuit.remote.split('/')[0] ?? '',
      over: {
        interconnectAttachment: `https://www.googleapis.com/compute/v1/projects/${project}/regions/${region}/interconnectAttachments/${end.attachment}`,
      },
      preference: path.preference,
      bfd: path.bfd,
    });
  }
}

export function circuitProblems(spec: LinkEndSpec, path: CircuitPath): Problem[] {
  const ends = path.circuits.map(endOf);
  const problems: Problem[] = [];
  if (ends.some((end) => end.type === 'PARTNER') && spec.site.asn !== partnerAsn) {
    problems.push({
      path: `sites.${spec.site.id}.asn`,
      message: 'Partner Interconnect demands its own number of the Cloud Router',
      value: spec.site.asn,
      bound: String(partnerAsn),
      fix: `Write asn: ${partnerAsn} at the site, or order a dedicated attachment.`,
    });
  }
  const domains = ends.map((end) => end.edgeAvailabilityDomain);
  if (new Set(domains).size !== domains.length) {
    problems.push({
      path: `links.${spec.link}.${path.id}`,
      message: 'Two circuits of one path share an edge availability domain, so one maintenance takes both',
      value: domains,
      fix: 'Order one attachment in domain 1 and one in domain 2.',
    });
  }
  return problems;
}
