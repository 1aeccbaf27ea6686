import type { ProviderSimulation } from '../../../contract/simulation';
import { balancingTypes } from './balancing';
import { common } from './common';
import { errors } from './errors';
import { fleetTypes } from './fleets';
import { imagesOf } from './images';
import { linkTypes } from './links';
import { machineTypesOfCloud } from './machines';
import { networkTypes } from './network';
import { prerequisites } from './prerequisites';
import { quotas } from './quotas';
import { serviceTypes } from './services';
import { withWholeNumbers } from './validation';

export { seeds } from './images';

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
  dataSources: { google_compute_images: { read: imagesOf } },
  quotas,
  prerequisites,
  errors,
};
