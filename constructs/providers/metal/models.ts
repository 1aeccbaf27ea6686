import facts from './models.json';

export type Capability = 'vlan' | 'irb' | 'vrrp' | 'bgp' | 'bfd' | 'ipsec' | 'nat';

const capabilities: Readonly<Record<string, Readonly<Record<Capability, boolean>>>> = facts.models;

export const knownModels: readonly string[] = Object.keys(capabilities);

export function modelCan(model: string, capability: Capability): boolean {
  return capabilities[model]?.[capability] ?? false;
}

/** Models that have a capability, for the error that names the alternative. */
export function modelsThatCan(capability: Capability): string[] {
  return knownModels.filter((model) => modelCan(model, capability));
}
