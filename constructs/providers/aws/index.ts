import type { Adapter, Provider } from '../../contract/adapter';
import { access } from './access';
import { balancer } from './balancer';
import { pricing } from './billing';
import { check } from './check';
import { dns } from './dns';
import { elastic } from './elastic';
import { examples } from './example';
import { facts } from './facts';
import { image } from './image';
import { link } from './link';
import { machineType, machineTypes } from './machine-type';
import { machineHandles, machines } from './machines';
import { network, networkHandles } from './network';
import { configure } from './provider';
import { reviewedTypes as reviewed } from './reviewed';
import { AwsCircuitEnd, AwsSettings } from './settings';
import { seeds, simulation } from './simulation';
import { stateStore } from './state-store';

const standard = {
  facts,
  check,
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
  elastic,
  dns,
  access,
  stateStore,
} satisfies Adapter;

/** Amazon Web Services, commercial regions. */
export const aws = {
  name: 'aws',
  settings: AwsSettings,
  circuitEnd: AwsCircuitEnd,
  profiles: { standard },
  examples,
  simulations: [simulation],
  seeds,
  pricing,
  reviewed,
} satisfies Provider;
