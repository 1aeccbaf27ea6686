import type { ProviderSimulation } from '../../../contract/simulation';
import { stockImageNames } from '../image';
import { balancingTypes } from './balancing';
import { common } from './common';
import { errors } from './errors';
import { fleetTypes } from './fleets';
import { linkTypes } from './links';
import { machineTypesOfCloud } from './machines';
import { networkTypes } from './network';
import { prerequisites } from './prerequisites';
import { quotas } from './quotas';
import { serviceTypes } from './services';
import { withWholeNumbers } from './validation';

/** How Google Cloud behaves, for the sandbox. */
export const simulation: ProviderSimulation = {
  provider: 'hashicorp/google',
  scope: ({ project, region }) => ({ project: String(project ?? ''), region: String(region ?? '') }),
  common,
  resources: withWholeNumbers({
    ...networkTypes,
    ...machineTypesOfCloud,
    ...balancingTypes,
    ...fleetTypes,
    ...linkTypes,
    ...serviceTypes,
  }),
  seeds: stockImageNames.map((id) => ({ type: 'google_compute_image', id, attributes: { name: id } })),
  quotas,
  prerequisites,
  errors,
};
