import type { SimulatedObject, SimulatedResource } from '../../../contract/simulation';
import { numericText } from './common';
import { apiError } from './errors';
import { projectOf } from './place';

const emailOf = (self: SimulatedObject): string =>
  `${self.text('account_id')}@${projectOf(self)}.iam.gserviceaccount.com`;

const account: SimulatedResource = {
  id: (self) => `projects/${projectOf(self)}/serviceAccounts/${emailOf(self)}`,
  planned: {
    email: (self) => emailOf(self),
    member: (self) => `serviceAccount:${emailOf(self)}`,
  },
  computed: { name: (self) => self.id, unique_id: (self, context) => `1${numericText(self, context) as string}` },
  seconds: { create: 5, delete: 3 },
};

/** A service account of the same project must be there; others are somebody else's. */
function ownAccount(member: string, self: SimulatedObject): string | undefined {
  const project = self.text('project') || (self.scope['project'] ?? '');
  return member.startsWith('serviceAccount:') && member.endsWith(`@${project}.iam.gserviceaccount.com`)
    ? member
    : undefined;
}

const projectMember: SimulatedResource = {
  id: (self) =>
    [self.text('project'), self.text('role'), self.text('member'), self.text('condition.title')]
      .filter(Boolean)
      .join('/'),
  references: {
    member: {
      to: 'google_service_account',
      by: 'member',
      value: ownAccount,
      holds: false,
      missing: ({ self, value }) =>
        apiError(
          self,
          400,
          `Service account ${value.slice(value.indexOf(':') + 1)} does not exist., badRequest`,
          'member',
        ),
    },
  },
  seconds: { create: 8, delete: 8 },
};

const accountMember: SimulatedResource = {
  id: (self) => `${self.text('service_account_id')}/${self.text('role')}/${self.text('member')}`,
  references: { service_account_id: { to: 'google_service_account', holds: false } },
  seconds: { create: 5, delete: 5 },
};

const recordSet: SimulatedResource = {
  id: (self) =>
    `projects/${projectOf(self)}/managedZones/${self.text('managed_zone')}/rrsets/${self.text('name')}/${self.text('type')}`,
  validate: (self) => {
    const name = self.value('name');
    if (typeof name !== 'string' || name.endsWith('.')) return [];
    const summary = `"name" ("${name}") doesn't end with ".", name field must end with trailing dot, for example test.example.com. (note the trailing dot)`;
    return [{ summary, attribute: 'name' }];
  },
  seconds: { create: 3, delete: 3 },
};

const bucket: SimulatedResource = {
  id: (self) => self.text('name'),
  planned: { project: () => undefined },
  filledBlocks: ['soft_delete_policy', 'website'],
  normalised: { location: (value) => (typeof value === 'string' ? value.toUpperCase() : value) },
  computed: {
    self_link: (self) => `https://www.googleapis.com/storage/v1/b/${self.text('name')}`,
    url: (self) => `gs://${self.text('name')}`,
    project_number: (_self, context) => 10 ** 11 + context.number(10 ** 11),
    public_access_prevention: () => 'inherited',
    rpo: () => 'DEFAULT',
    time_created: () => '2026-01-05T17:00:00.000Z',
    updated: () => '2026-01-05T17:00:00.000Z',
    uniform_bucket_level_access: () => false,
  },
  seconds: { create: 2, delete: 2 },
};

export const serviceTypes: Readonly<Record<string, SimulatedResource>> = {
  google_service_account: account,
  google_service_account_iam_member: accountMember,
  google_project_iam_member: projectMember,
  google_dns_record_set: recordSet,
  google_storage_bucket: bucket,
};
