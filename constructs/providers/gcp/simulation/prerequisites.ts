import type { SimulatedObject, SimulatedPrerequisite } from '../../../contract/simulation';
import { apiError, quotaError } from './errors';
import { idIn, lastPart, pathOf, projectOf } from './place';

/** An API that was never switched on. */
function api(id: string, service: string, title: string, types: readonly string[]): SimulatedPrerequisite {
  return {
    id,
    types,
    error: (self) => {
      const page = `https://console.developers.google.com/apis/api/${service}/overview?project=${projectOf(self)}`;
      const text = `${title} has not been used in project ${projectOf(self)} before or it is disabled. Enable it by visiting ${page} then retry. If you enabled this API recently, wait a few minutes for the action to propagate to our systems and retry., accessNotConfigured`;
      return apiError(self, 403, text);
    },
  };
}

/** A permission that the deployer lacks. */
function role(
  id: string,
  types: readonly string[],
  permission: (self: SimulatedObject) => string,
): SimulatedPrerequisite {
  return {
    id,
    types,
    error: (self) => {
      const at = `projects/${projectOf(self)}`;
      return apiError(self, 403, `Required '${permission(self)}' permission for '${at}', forbidden`);
    },
  };
}

/** A new project's bound. */
function quota(
  id: string,
  name: string,
  limit: number,
  type: string,
  when: (self: SimulatedObject) => boolean,
): SimulatedPrerequisite {
  return { id, types: [type], when, error: (self) => quotaError(self, name, limit) };
}

function computePermission(self: SimulatedObject): string {
  const words = self.type.replace('google_compute_', '').split('_');
  const camel = words.map((word, at) => (at === 0 ? word : word.slice(0, 1).toUpperCase() + word.slice(1))).join('');
  return `compute.${camel}s.create`;
}

const isFamily = (self: SimulatedObject, family: string): boolean => {
  return lastPart(self.text('machine_type')).startsWith(`${family}-`);
};
const iam = ['google_service_account', 'google_service_account_iam_member'];

/** The order is that of the API: who asks, is it on, may they, is there room. */
export const prerequisites: readonly SimulatedPrerequisite[] = [
  {
    id: 'credentials',
    types: ['google_*'],
    error: () => ({
      summary:
        "Attempted to load application default credentials since neither `credentials` nor `access_token` was set in the provider block.  No credentials loaded. To use your gcloud credentials, run 'gcloud auth application-default login'",
    }),
  },
  {
    id: 'billing',
    types: ['google_compute_*', 'google_storage_*'],
    error: (self) =>
      apiError(
        self,
        403,
        `This API method requires billing to be enabled. Please enable billing on project ${projectOf(self)} by visiting https://console.developers.google.com/billing/enable?project=${projectOf(self)} then retry., billingNotEnabled`,
      ),
  },
  api('compute-api', 'compute.googleapis.com', 'Compute Engine API', ['google_compute_*']),
  api('iam-api', 'iam.googleapis.com', 'Identity and Access Management (IAM) API', iam),
  api('resource-manager-api', 'cloudresourcemanager.googleapis.com', 'Cloud Resource Manager API', [
    'google_project_*',
  ]),
  api('dns-api', 'dns.googleapis.com', 'Cloud DNS API', ['google_dns_*']),
  api('storage-api', 'storage.googleapis.com', 'Cloud Storage API', ['google_storage_*']),
  role('compute-admin', ['google_compute_*'], computePermission),
  role('account-admin', iam, () => 'iam.serviceAccounts.create'),
  role('project-iam-admin', ['google_project_*'], () => 'resourcemanager.projects.setIamPolicy'),
  role('dns-admin', ['google_dns_*'], () => 'dns.changes.create'),
  role('storage-admin', ['google_storage_*'], () => 'storage.buckets.create'),
  {
    id: 'account-user',
    types: ['google_compute_instance', 'google_compute_region_instance_template'],
    error: (self) => {
      const account = self.text('service_account.email');
      return apiError(
        self,
        403,
        `The user does not have access to service account '${account}'.  User: 'DEPLOYER'.  Ask a project owner to grant you the iam.serviceAccountUser role on the service account, forbidden`,
      );
    },
  },
  quota('cpus', 'CPUS', 8, 'google_compute_instance', (self) => isFamily(self, 'e2')),
  quota('n2-cpus', 'N2_CPUS', 8, 'google_compute_instance', (self) => isFamily(self, 'n2')),
  quota('addresses', 'STATIC_ADDRESSES', 8, 'google_compute_address', (self) => {
    return self.text('address_type') !== 'INTERNAL';
  }),
  quota('instance-groups', 'INSTANCE_GROUPS', 50, 'google_compute_instance_group', () => true),
  {
    id: 'dns-zone',
    types: ['google_dns_record_set'],
    error: (self) => {
      const zone = self.text('managed_zone');
      return apiError(self, 404, `The 'parameters.managedZone' resource named '${zone}' does not exist., notFound`);
    },
  },
  {
    id: 'vlan-attachment',
    types: ['google_compute_router_interface'],
    when: (self) => self.text('interconnect_attachment') !== '',
    error: (self) => {
      const wanted = self.text('interconnect_attachment');
      const id = wanted.includes('/') ? idIn(wanted) : pathOf('regions', 'interconnectAttachments', self, wanted);
      return apiError(self, 404, `The resource '${id}' was not found, notFound`, 'interconnect_attachment');
    },
  },
];
