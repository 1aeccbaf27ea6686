import type { ProviderSimulation } from '../../../contract/simulation';
import { bigip } from './bigip';
import { junos } from './junos';
import { maas } from './maas';

export const simulations: readonly ProviderSimulation[] = [maas, junos, bigip];
