import { ProjectIamMember } from '@cdktf/provider-google/lib/project-iam-member';
import { ServiceAccount } from '@cdktf/provider-google/lib/service-account';
import type { Construct } from 'constructs';
import type { Site } from '../../contract/site';
import { accountId } from './names';
import { providerOf } from './provider';
import { gcpSite } from './settings';

/** What a machine may do by itself: write logs and metrics. */
const roles = ['roles/logging.logWriter', 'roles/monitoring.metricWriter'];

/** Identity of the site's machines; gives its address. */
export function machineAccount(scope: Construct, site: Site): string {
  const { project } = gcpSite(site).settings;
  const account = new ServiceAccount(scope, 'account', {
    provider: providerOf(scope, site),
    accountId: accountId(site),
    displayName: `Machines of ${site.platform} at ${site.id}`,
  });
  for (const role of roles) {
    new ProjectIamMember(scope, `account-${role.slice('roles/'.length).replace('.', '-')}`, {
      provider: providerOf(scope, site),
      project,
      role,
      member: account.member,
    });
  }
  return account.email;
}
