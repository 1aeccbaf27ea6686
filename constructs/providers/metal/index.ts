import type { Adapter, Provider } from '../../contract/adapter';
import { balancer } from './balancer';
import { pricing } from './billing';
import { check } from './check';
import { devices } from './devices';
import { examples } from './example';
import { bigipFacts, softwareFacts } from './facts';
import { image } from './image';
import { imageInquiry } from './image-inquiry';
import { link } from './link';
import { machineType, machineTypes } from './machine-types';
import { machineHandles, machines } from './machines';
import { network, networkHandles } from './network';
import { checkMachines } from './placement';
import { configure } from './provider';
import { reviewedTypes as reviewed } from './reviewed';
import { seeds } from './seeds';
import { metalCircuitEnd, metalSettings } from './settings';
import { simulations } from './simulation';

const common = {
  check,
  checkMachines,
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
} satisfies Omit<Adapter, 'facts'>;

/** Own hardware: MAAS, a pair of Junos switches, and a BIG-IP pair (`bigip`) or none (`software`). */
export const metal = {
  name: 'metal',
  settings: metalSettings,
  circuitEnd: metalCircuitEnd,
  profiles: {
    bigip: { ...common, facts: bigipFacts, devices },
    software: { ...common, facts: softwareFacts },
  },
  examples,
  simulations,
  seeds,
  pricing,
  reviewed,
  imageInquiry,
} satisfies Provider;
