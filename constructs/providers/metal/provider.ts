import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { BigipProvider } from '../../../.gen/providers/bigip/provider';
import { JunosProvider } from '../../../.gen/providers/junos/provider';
import { MaasProvider } from '../../../.gen/providers/maas/provider';
import { type Half, halves, type Site } from '../../contract/site';
import { type MetalSite, metalSite } from './settings';

const maasApiVersion = '2.0';

/**
 * Provider blocks, all with an alias, so that a second site in a stack moves no resource to another block: MAAS, both
 * switches, and of the balancer pair only the box that is written to, so that a dead one does not stop a plan.
 * Credentials come from the environment: MAAS_API_KEY, JUNOS_USERNAME with JUNOS_PASSWORD or JUNOS_KEYFILE,
 * BIGIP_USER and BIGIP_PASSWORD.
 */
export function configure(stack: Construct, site: Site): void {
  const { settings } = metalSite(site);
  new MaasProvider(stack, `maas-${site.id}`, { alias: site.id, apiUrl: settings.maas.url, apiVersion: maasApiVersion });
  for (const half of halves) {
    const alias = `${site.id}-${half}`;
    new JunosProvider(stack, `junos-${alias}`, { alias, ip: settings.switches[half].address });
  }
  if (settings.balancers) boxProvider(stack, metalSite(site), 'primary', settings.balancers.primary);
}

/** A device's own stack talks to that box and no other. */
export function boxProvider(stack: Construct, site: MetalSite, alias: string, half: Half): BigipProvider {
  const balancers = site.settings.balancers;
  if (!balancers) throw new Error(`${site.id} has no balancers`);
  return new BigipProvider(stack, `bigip-${site.id}-${alias}`, {
    alias: `${site.id}-${alias}`,
    address: balancers.boxes[half].address,
    // A token outlives a large refresh: the default of 20 minutes does not always (provider issue 468).
    tokenTimeout: 3600,
    teemDisable: true,
  });
}

export const maasOf = (scope: Construct, site: Site): MaasProvider => find(scope, `maas-${site.id}`, MaasProvider);

export const junosOf = (scope: Construct, site: Site, half: Half): JunosProvider =>
  find(scope, `junos-${site.id}-${half}`, JunosProvider);

export const primaryOf = (scope: Construct, site: Site): BigipProvider =>
  find(scope, `bigip-${site.id}-primary`, BigipProvider);

function find<T>(scope: Construct, id: string, type: abstract new (...args: never[]) => T): T {
  const provider = TerraformStack.of(scope).node.tryFindChild(id);
  if (provider instanceof type) return provider;
  throw new Error(`${scope.node.path}: configure was not called for ${id}`);
}
