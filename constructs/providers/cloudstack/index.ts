import type { Adapter, Provider } from '../../contract/adapter';
import { access } from './access';
import { balancer } from './balancer';
import { pricing } from './billing';
import { checkIdcf, checkPrivate } from './check';
import { elastic } from './elastic';
import { examples } from './example';
import { idcfFacts, privateFacts } from './facts';
import { image } from './image';
import { link } from './link';
import { machineHandles, machines } from './machines';
import { machineType, machineTypes } from './machine-types';
import { network, networkHandles } from './network';
import { configure } from './provider';
import { reviewedTypes as reviewed } from './reviewed';
import { circuitEnd, settings } from './settings';
import { seeds, simulation } from './simulation';

const shared = {
  configure,
  network,
  networkHandles,
  machines,
  machineHandles,
  machineType,
  machineTypes,
  balancer,
  link,
  image,
};

const idcf = { ...shared, facts: idcfFacts, check: checkIdcf } satisfies Adapter;
const own = { ...shared, facts: privateFacts, check: checkPrivate, elastic, access } satisfies Adapter;

export const cloudstack = {
  name: 'cloudstack',
  settings,
  circuitEnd,
  profiles: { idcf, private: own },
  examples,
  simulations: [simulation],
  seeds,
  pricing,
  reviewed,
} satisfies Provider;
