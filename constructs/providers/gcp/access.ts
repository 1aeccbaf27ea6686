import { ProjectIamMember } from '@cdktf/provider-google/lib/project-iam-member';
import { ServiceAccountIamMember } from '@cdktf/provider-google/lib/service-account-iam-member';
import { Construct } from 'constructs';
import type { Handles, Site } from '../../contract/site';
import { stableHash } from '../../util/hash';
import { open } from './firewall';
import { providerOf } from './provider';
import { type GcpSite, gcpSite } from './settings';

/** TCP forwarding of Identity-Aware Proxy: https://cloud.google.com/iap/docs/using-tcp-forwarding, read 2026-11-20. */
export const iapRange = '35.235.240.0/20';

/** OS Login through Identity-Aware Proxy for the operators of the site, and SSH from their private prefixes. */
export function access(scope: Construct, id: string, site: Site, network: Handles): void {
  const within = new Construct(scope, id);
  open(within, 'ssh', site, {
    name: ['ssh'],
    network: network['network'] ?? '',
    from: [iapRange, ...site.operators],
    allow: [{ protocol: 'tcp', ports: ['22'] }],
    why: 'Operators: Identity-Aware Proxy and their own prefixes',
  });
  for (const member of [...(gcpSite(site).settings.operators ?? [])].sort()) {
    operator(within, gcpSite(site), member, network['service-account'] ?? '');
  }
}

function operator(scope: Construct, site: GcpSite, member: string, account: string): void {
  const provider = providerOf(scope, site);
  const key = stableHash(member, 8);
  const { project } = site.settings;
  new ProjectIamMember(scope, `login-${key}`, {
    provider,
    project,
    role: 'roles/compute.osAdminLogin',
    member,
    condition: { title: `watari-${site.id}`, expression: machinesIn(site.settings.zones) },
  });
  new ProjectIamMember(scope, `tunnel-${key}`, {
    provider,
    project,
    role: 'roles/iap.tunnelResourceAccessor',
    member,
    condition: { title: `watari-${site.id}`, expression: 'destination.port == 22' },
  });
  // OS Login asks for this on machines that have a service account.
  new ServiceAccountIamMember(scope, `act-${key}`, {
    provider,
    serviceAccountId: `projects/${project}/serviceAccounts/${account}`,
    role: 'roles/iam.serviceAccountUser',
    member,
  });
}

/** The title and this keep grants of two sites of one project apart: dropping one leaves the other. */
function machinesIn(zones: readonly string[]): string {
  const list = zones.map((zone) => `"${zone}"`).join(', ');
  return `resource.type != "compute.googleapis.com/Instance" || resource.name.extract("/zones/{zone}/") in [${list}]`;
}
