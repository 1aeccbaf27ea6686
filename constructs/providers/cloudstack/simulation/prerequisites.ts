import type { SimulatedObject, SimulatedPrerequisite } from '../../../contract/simulation';
import { apiError, type ErrorKind, invalidId, limitText, wrapped } from './errors';

const isOwnCloud = (self: SimulatedObject): boolean => self.all('affinity_group_ids').length > 0;

function withheld(id: string, types: readonly string[], kind: ErrorKind, text: string): SimulatedPrerequisite {
  return { id, types, error: (self) => wrapped(self.type, self.text('name'), apiError(kind, text)) };
}

/** The UUID of something that is not there. */
function absent(id: string, types: readonly string[], attribute: string): SimulatedPrerequisite {
  return { id, types, error: (self) => invalidId(self.type, self.text('name'), attribute, self.text(attribute)) };
}

/** The order is that of the API: who asks, may they, does it exist, is there room. */
export const prerequisites: readonly SimulatedPrerequisite[] = [
  withheld('api-keys', ['cloudstack_*'], 'credentials', 'unable to verify user credentials and/or request signature'),
  withheld(
    'root-admin',
    ['cloudstack_service_offering_fixed'],
    'unsupported',
    "The given command 'createServiceOffering' either does not exist, is not available for user, or not available from ip address '/203.0.113.10'.",
  ),
  { ...absent('adopted-network', ['cloudstack_instance'], 'network_id'), when: (self) => !isOwnCloud(self) },
  { ...absent('compute-offerings', ['cloudstack_instance'], 'service_offering'), when: (self) => !isOwnCloud(self) },
  absent('virtual-bridge', ['cloudstack_nic'], 'network_id'),
  absent('vpc-offering', ['cloudstack_vpc'], 'vpc_offering'),
  absent('egress-counter', ['cloudstack_condition'], 'counter_id'),
  withheld(
    'vm-autoscaling',
    ['cloudstack_autoscale_vm_group'],
    'parameter',
    'Vm AutoScaling is not supported by this network.',
  ),
  {
    ...withheld(
      'host-tags',
      ['cloudstack_instance'],
      'capacity',
      'Unable to create a deployment for VM instance: no host has the tags of its offering',
    ),
    when: isOwnCloud,
  },
  withheld('machine-quota', ['cloudstack_instance'], 'limit', limitText('user_vm')),
  withheld('address-quota', ['cloudstack_ipaddress'], 'limit', limitText('public_ip')),
];
