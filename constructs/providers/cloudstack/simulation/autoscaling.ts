import type {
  ErrorSubject,
  SimulatedEffect,
  SimulatedError,
  SimulatedFunction,
  SimulatedObject,
  SimulatedResource,
  SimulatedValue,
  SimulationContext,
} from '../../../contract/simulation';
import { apiError, deletionError, wrapped } from './errors';
import { templateReference } from './images';

const uuid: SimulatedResource['id'] = (_self, context) => context.uuid();
const upper = (value: SimulatedValue): SimulatedValue => (typeof value === 'string' ? value.toUpperCase() : value);

/** Groups that an object takes part in and that are enabled: CloudStack changes nothing under them. */
function enabledGroups(
  context: SimulationContext,
  uses: (group: SimulatedObject) => boolean,
): readonly SimulatedObject[] {
  return context
    .list('cloudstack_autoscale_vm_group')
    .filter((group) => group.text('state') !== 'disable' && uses(group));
}

function refuseChange(
  uses: (group: SimulatedObject, self: SimulatedObject, context: SimulationContext) => boolean,
  text: string,
) {
  const refusal: SimulatedFunction<readonly SimulatedError[]> = (self, context) =>
    context.before && enabledGroups(context, (group) => uses(group, self, context)).length > 0
      ? [apiError('parameter', text)]
      : [];
  return refusal;
}

const policiesOf = (group: SimulatedObject): readonly SimulatedValue[] => [
  ...group.all('scaleup_policy_ids'),
  ...group.all('scaledown_policy_ids'),
];

const refuseConditionChange = refuseChange(
  (group, self, context) =>
    policiesOf(group).some((id) =>
      context.find('cloudstack_autoscale_policy', String(id))?.all('condition_ids').includes(self.id),
    ),
  'Cannot update condition as it is being used in 1 vm groups NOT in Disabled state.',
);
const operators = ['EQ', 'GT', 'LT', 'GE', 'LE'];

const condition: SimulatedResource = {
  id: uuid,
  check: (self, context) => {
    const operator = self.text('relational_operator');
    if (operators.includes(operator.toUpperCase())) return refuseConditionChange(self, context);
    const text = `The Operator ${operator} does not exist; Unable to create Condition.`;
    return [wrapped(self.type, '', apiError('parameter', text, 'relational_operator'))];
  },
};

const policy: SimulatedResource = {
  id: uuid,
  normalised: { action: upper },
  references: {
    condition_ids: {
      to: 'cloudstack_condition',
      inUse: ({ self }) =>
        deletionError(self, 'inUse', 'Cannot delete Condition when it is in use by one or more AutoScale Policies.'),
    },
  },
  check: refuseChange(
    (group, self) => policiesOf(group).includes(self.id),
    'The AutoScale Policy can be updated only if the Vm Group it is associated with is disabled in state',
  ),
};

const profile: SimulatedResource = {
  id: uuid,
  computed: { destroy_vm_grace_period: () => '2m0s', metadata: () => ({}), other_deploy_params: () => ({}) },
  references: { template: templateReference },
  check: (self, context) => profileErrors(self, context),
};

/** Labels alone may change under an enabled group. */
function profileErrors(self: SimulatedObject, context: SimulationContext): readonly SimulatedError[] {
  const { before } = context;
  const fields = ['template', 'destroy_vm_grace_period', 'user_data'];
  const isTouched = before !== undefined && fields.some((field) => before.text(field) !== self.text(field));
  if (!isTouched || enabledGroups(context, (group) => group.text('vm_profile_id') === self.id).length === 0) return [];
  return [
    {
      summary:
        "Autoscale VM groups must be disabled before updating profile: Timeout waiting for VM groups to reach state 'disabled' after 60 seconds",
    },
  ];
}

const group: SimulatedResource = {
  id: uuid,
  validate: (self) =>
    ['', 'enable', 'disable'].includes(self.text('state'))
      ? []
      : [{ summary: "state must be either 'enable' or 'disable'", attribute: 'state' }],
  references: {
    lbrule_id: { to: 'cloudstack_loadbalancer_rule', holds: false },
    vm_profile_id: {
      to: 'cloudstack_autoscale_vm_profile',
      inUse: ({ self }) =>
        deletionError(self, 'parameter', 'Cannot delete AutoScale Vm Profile when it is in use by one more vm groups'),
    },
    scaleup_policy_ids: { to: 'cloudstack_autoscale_policy', inUse: policyInUse },
    scaledown_policy_ids: { to: 'cloudstack_autoscale_policy', inUse: policyInUse },
  },
  unique: [
    {
      attributes: ['lbrule_id'],
      taken: ({ self }) =>
        wrapped(
          self.type,
          '',
          apiError(
            'parameter',
            'an AutoScaleVmGroup is already attached to the lb rule, the existing vm group has to be first deleted',
          ),
        ),
    },
  ],
  check: (self, context) =>
    groupErrors(self, context).map((text) => wrapped(self.type, '', apiError('parameter', text))),
  checkDelete: (self, context) => {
    const machines = context.made(self, 'cloudstack_instance').length;
    if (self.flag('cleanup') || machines === 0) return [];
    const text = `Cannot delete autoscale vm group because there are ${machines} VMs. Please remove the VMs or pass cleanup=true flag which will destroy all VMs.`;
    return [deletionError(self, 'parameter', text)];
  },
  effects: (self, context) => machinesOf(self, context),
  seconds: { create: 10, delete: 40 },
};

function policyInUse({ self }: ErrorSubject): SimulatedError {
  const text = 'Cannot delete AutoScale Policy when it is in use by one or more AutoScale Vm Groups';
  return deletionError(self, 'parameter', text);
}

/** AutoScaleManagerImpl.checkValidityAndPersist and createAutoScaleVmGroup */
function groupErrors(self: SimulatedObject, context: SimulationContext): string[] {
  const [min, max, interval] = [self.number('min_members'), self.number('max_members'), self.number('interval')];
  const rule = context.find('cloudstack_loadbalancer_rule', self.text('lbrule_id'));
  const durations = policiesOf(self).map(
    (id) => context.find('cloudstack_autoscale_policy', String(id))?.number('duration') ?? 0,
  );
  const short = durations.find((duration) => duration < interval);
  return [
    ...(min > max ? [`minmembers (${min})cannot be greater than maxmembers (${max})`] : []),
    ...(short === undefined
      ? []
      : [`duration : ${short} specified in a policy cannot be less than vm group's interval : ${interval}`]),
    ...(rule && rule.all('member_ids').length > 0
      ? [
          'there are Vms already bound to the specified LoadBalancing Rule. User bound Vms and AutoScaled Vm Group cannot co-exist on a Load Balancing Rule',
        ]
      : []),
    ...(isResized(self, context)
      ? ['An AutoScale Vm Group can be updated with minMembers/maxMembers/Interval only when it is in disabled state']
      : []),
  ];
}

function isResized(self: SimulatedObject, { before }: SimulationContext): boolean {
  if (!before || before.text('state') === 'disable') return false;
  return ['min_members', 'max_members', 'interval'].some((field) => before.number(field) !== self.number(field));
}

function machinesOf(self: SimulatedObject, context: SimulationContext): readonly SimulatedEffect[] {
  return Array.from({ length: self.number('min_members') }, (_, index) => ({
    type: 'cloudstack_instance',
    key: String(index),
    id: context.uuid(`machine ${index}`),
    attributes: { name: `autoScaleVm-${self.text('name')}-${index + 1}-${context.hex(6, `name ${index}`)}` },
  }));
}

export const autoscalingTypes: Readonly<Record<string, SimulatedResource>> = {
  cloudstack_autoscale_policy: policy,
  cloudstack_autoscale_vm_group: group,
  cloudstack_autoscale_vm_profile: profile,
  cloudstack_condition: condition,
};
