import type { ProviderSimulation, SimulatedQuota } from '../../../contract/simulation';
import { autoscalingTypes } from './autoscaling';
import { errors } from './errors';
import { findTemplate, imageTypes } from './images';
import { machineTypes } from './machines';
import { networkTypes } from './network';
import { prerequisites } from './prerequisites';

/** Neither IDCF nor the operator of an own cloud publishes limits: these are only there to be lowered by a test. */
const quotas: readonly SimulatedQuota[] = [
  { id: 'user_vm', limit: 2000, within: ['api'], use: { cloudstack_instance: () => 1 } },
  { id: 'public_ip', limit: 2000, within: ['api'], use: { cloudstack_ipaddress: () => 1 } },
];

export { seeds } from './images';

export const simulation: ProviderSimulation = {
  provider: 'cloudstack/cloudstack',
  scope: (provider) => ({ api: String(provider['api_url'] ?? '') }),
  apart: ['api'],
  configure: (provider) =>
    provider['api_url'] && provider['api_key'] && provider['secret_key']
      ? []
      : [{ summary: "'api_url', 'api_key' and 'secret_key' should all have values" }],
  resources: { ...imageTypes, ...machineTypes, ...networkTypes, ...autoscalingTypes },
  dataSources: { cloudstack_template: { read: findTemplate } },
  quotas,
  prerequisites,
  errors,
};
