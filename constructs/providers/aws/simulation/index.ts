import type {
  ProviderSimulation,
  SimulatedAttributes,
  SimulatedError,
  SimulatedValue,
} from '../../../contract/simulation';
import { balancingTypes } from './balancing';
import { errors } from './errors';
import { hubTypes } from './hub';
import { imageIds, imageTypes } from './images';
import { someAccount, tagsAll } from './identifiers';
import { prerequisites, quotas } from './limits';
import { dxAttachment, linkTypes } from './links';
import { machineResources } from './machines';
import { networkTypes } from './network';
import { recordAndBucketTypes } from './records-and-buckets';
import { withRules } from './rules';
import { scalingTypes } from './scaling';
import { securityTypes } from './security';

function accountOf(provider: SimulatedAttributes): string {
  const allowed = provider['allowed_account_ids'];
  const [first] = Array.isArray(allowed) ? (allowed as readonly SimulatedValue[]) : [];
  return typeof first === 'string' ? first : someAccount;
}

function configureErrors(provider: SimulatedAttributes): readonly SimulatedError[] {
  const region = provider['region'];
  if (typeof region === 'string' && /^[a-z]{2}(-[a-z]+)+-\d$/.test(region)) return [];
  const text = typeof region === 'string' ? `Invalid AWS Region: ${region}` : 'Missing required argument: region';
  return [{ summary: `invalid AWS Region: ${typeof region === 'string' ? region : ''}`, detail: text }];
}

export { seeds } from './images';

/** How AWS behaves: one account, worlds by region, names and roles across them. */
export const simulation: ProviderSimulation = {
  provider: 'hashicorp/aws',
  scope: (provider) => ({ account: accountOf(provider), region: String(provider['region'] ?? '') }),
  apart: ['account', 'region'],
  configure: configureErrors,
  common: { planned: { tags_all: tagsAll } },
  resources: withRules({
    ...networkTypes,
    ...securityTypes,
    ...hubTypes,
    ...machineResources,
    ...imageTypes,
    ...balancingTypes,
    ...scalingTypes,
    ...linkTypes,
    ...recordAndBucketTypes,
  }),
  dataSources: {
    aws_ec2_transit_gateway_dx_gateway_attachment: { read: dxAttachment },
    aws_ami_ids: { read: imageIds },
  },
  quotas,
  prerequisites,
  errors,
};
