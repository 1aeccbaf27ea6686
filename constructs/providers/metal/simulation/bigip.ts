import type {
  ErrorText,
  ProviderSimulation,
  SimulatedAttributes,
  SimulatedEffect,
  SimulatedFunction,
  SimulatedReference,
  SimulatedResource,
  SimulatedValue,
} from '../../../contract/simulation';

/** How iControl REST words its errors, with the numbers of the device's log. */
const kinds: Readonly<Record<string, string>> = {
  bigip_ltm_monitor: 'monitor',
  bigip_ltm_pool: 'Pool',
  bigip_ltm_pool_attachment: 'Pool Member',
  bigip_ltm_profile_fastl4: 'profile',
  bigip_ltm_virtual_address: 'Virtual Address',
  bigip_ltm_virtual_server: 'Virtual Server',
  bigip_net_selfip: 'self IP',
  vlan: 'VLAN',
};
const kindOf = (type: string): string => kinds[type] ?? type;

const taken: ErrorText = ({ self, value }) => ({
  summary: `HTTP 409 :: {"code":409,"message":"01020066:3: The requested ${kindOf(self.type)} (${value}) already exists in partition Common.","errorStack":[],"apiError":3}`,
});
const missing: ErrorText = ({ wanted = '', value }) => ({
  summary: `HTTP 404 :: {"code":404,"message":"01020036:3: The requested ${kindOf(wanted)} (${value}) was not found.","errorStack":[],"apiError":3}`,
});
const inUse: ErrorText = ({ self, other }) => ({
  summary: `HTTP 400 :: {"code":400,"message":"01070265:3: The ${kindOf(self.type)} (${self.id}) cannot be deleted because it is in use by a ${kindOf(other?.type ?? '')} (${other?.id ?? ''}).","errorStack":[],"apiError":3}`,
});

const byName: SimulatedFunction<string> = (self) => self.text('name');
/** What ships with the device is always there. */
const ownObjects =
  (builtIn: RegExp) =>
  (value: string): string | undefined =>
    builtIn.test(value) ? undefined : value;
const named = (
  to: string,
  builtIn = /^\/Common\/(default|none|http|tcp|https|icmp|gateway_icmp|fastL4)$/,
): SimulatedReference => ({
  to,
  by: 'name',
  value: ownObjects(builtIn),
});
const constant =
  (value: SimulatedValue): SimulatedFunction<SimulatedValue> =>
  () =>
    value;
const constants = (values: SimulatedAttributes): SimulatedResource['computed'] =>
  Object.fromEntries(Object.entries(values).map(([path, value]) => [path, constant(value)]));
const vlan: SimulatedReference = { to: 'vlan', by: 'name', holds: false };

const uniquelyNamed: SimulatedResource = { id: byName, unique: [{ attributes: ['name'] }] };

/** VLANs of a declaration: self IPs and virtual servers refer to them by name. */
const declaredVlans: SimulatedFunction<readonly SimulatedEffect[]> = (self) =>
  Object.entries(commonOf(self.text('do_json')))
    .filter(([, value]) => isClass(value, 'VLAN'))
    .map(([name]) => ({ type: 'vlan', key: name, id: `/Common/${name}`, attributes: { name: `/Common/${name}` } }));

function commonOf(text: string): Record<string, unknown> {
  try {
    return (JSON.parse(text) as { Common?: Record<string, unknown> }).Common ?? {};
  } catch {
    return {};
  }
}

function isClass(value: unknown, name: string): boolean {
  return typeof value === 'object' && value !== null && 'class' in value && value.class === name;
}

const resources: Readonly<Record<string, SimulatedResource>> = {
  vlan: { apart: ['address'] },
  bigip_do: {
    apart: ['address'],
    id: (_self, context) => context.uuid(),
    effects: declaredVlans,
    check: (self) =>
      Object.keys(commonOf(self.text('do_json'))).length > 0
        ? []
        : [
            {
              summary:
                'Error while Sending/Posting http request with DO json :{"code":400,"status":"ERROR","message":"bad declaration"}',
              attribute: 'do_json',
            },
          ],
    seconds: { create: 240, update: 120 },
  },
  bigip_command: {
    // The real id is the word `apply`, whatever the command is.
    id: (_self, context) => `apply-${context.hex()}`,
    computed: { command_result: (self) => self.all('commands').map(() => '') },
    seconds: { create: 5, update: 5 },
  },
  bigip_net_selfip: {
    ...uniquelyNamed,
    unique: [{ attributes: ['name'] }, { attributes: ['ip'] }],
    references: { vlan },
  },
  bigip_ltm_monitor: {
    ...uniquelyNamed,
    computed: constants({
      ...{
        adaptive: 'disabled',
        adaptive_limit: 0,
        ip_dscp: 0,
        mode: '',
        reverse: 'disabled',
        transparent: 'disabled',
      },
      ...{ up_interval: 0, chase_referrals: '', manual_resume: 'disabled', send: '', time_until_up: 0 },
    }),
  },
  bigip_ltm_profile_fastl4: {
    ...uniquelyNamed,
    computed: constants({
      ...{
        client_timeout: 30,
        explicitflow_migration: 'disabled',
        hardware_syncookie: 'enabled',
        iptos_toclient: '65535',
      },
      ...{ iptos_toserver: '65535', keepalive_interval: 'disabled', late_binding: 'disabled', loose_close: 'disabled' },
      ...{ loose_initiation: 'disabled', partition: 'Common', receive_windowsize: 0, tcp_handshake_timeout: '5' },
    }),
  },
  bigip_ltm_pool: {
    ...uniquelyNamed,
    references: { monitors: named('bigip_ltm_monitor') },
    computed: constants({
      allow_nat: 'yes',
      allow_snat: 'yes',
      minimum_active_members: 0,
      reselect_tries: 0,
      slow_ramp_time: 10,
    }),
  },
  bigip_ltm_pool_attachment: {
    // The real id is the pool's name for every member that is attached by its address.
    id: (self) => `${self.text('pool')}-${self.text('node')}`,
    unique: [{ attributes: ['pool', 'node'] }],
    references: { pool: { to: 'bigip_ltm_pool', by: 'name' }, monitor: named('bigip_ltm_monitor') },
    computed: constants({
      ...{ connection_limit: 0, connection_rate_limit: 'disabled', dynamic_ratio: 1, monitor: '/Common/default' },
      ...{ priority_group: 0, ratio: 1 },
    }),
  },
  bigip_ltm_virtual_address: uniquelyNamed,
  bigip_ltm_virtual_server: {
    ...uniquelyNamed,
    unique: [{ attributes: ['name'] }, { attributes: ['destination', 'port'] }],
    references: {
      pool: { to: 'bigip_ltm_pool', by: 'name' },
      profiles: named('bigip_ltm_profile_fastl4'),
      vlans: vlan,
    },
    computed: constants({
      ...{
        connection_limit: 0,
        default_persistence_profile: '',
        fallback_persistence_profile: '',
        firewall_enforced_policy: '',
      },
      ...{
        per_flow_request_access_policy: '',
        snatpool: '',
        source: '0.0.0.0/0',
        source_port: 'preserve',
        trafficmatching_criteria: '',
      },
    }),
  },
};

/**
 * What config-sync copies is the same on both boxes of a pair, so it is there whichever is asked; names carry their site.
 * Only what onboarding makes belongs to one box.
 */
export const bigip: ProviderSimulation = {
  provider: 'F5Networks/bigip',
  scope: (provider) => ({ address: String(provider['address'] ?? '') }),
  resources,
  errors: { taken, missing, inUse },
  prerequisites: [
    {
      id: 'bigip-first-password',
      types: ['bigip_*'],
      error: () => ({ summary: 'HTTP 401 :: {"code":401,"message":"Authentication failed.","restOperationId":0}' }),
    },
    {
      id: 'bigip-licence',
      types: ['bigip_do'],
      error: () => ({
        summary:
          'Error while Sending/Posting http request with DO json :{"code":422,"status":"ERROR","message":"invalid config - rolled back","errors":["01071003:3: No module has been licensed"]}',
        attribute: 'do_json',
      }),
    },
    {
      id: 'bigip-do-package',
      types: ['bigip_do'],
      error: () => ({
        summary:
          'Error while Sending/Posting http request with DO json :{"code":404,"message":"Public URI path not registered: /shared/declarative-onboarding/"}',
      }),
    },
  ],
};
