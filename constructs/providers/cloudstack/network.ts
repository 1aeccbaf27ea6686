import { Construct } from 'constructs';
import { tiers } from '../../contract/plan';
import type { Handles, Site } from '../../contract/site';
import { aclKey, networkKey, offeringKey, vpcKey } from './names';
import { overcommitCpu } from './overcommit';
import { makeOfferings, madeOfferings } from './offerings';
import { isPrivate, settingsOf } from './settings';
import { makeVpc } from './vpc';

export function network(scope: Construct, site: Site): Handles {
  return isPrivate(site) ? ownNetwork(scope, site) : adoptedNetwork(site);
}

export function networkHandles(site: Site): readonly string[] {
  const networks = tiers.map(networkKey);
  if (!isPrivate(site)) return networks;
  const offerings = madeOfferings(site).map(({ type, use }) => offeringKey(type.name, use));
  return [vpcKey, ...networks, ...tiers.map(aclKey), ...offerings];
}

/** The network exists and its tiers are ranges of it: there is nothing to make, and every tier has the same handle. */
function adoptedNetwork(site: Site): Handles {
  const id = settingsOf(site).network?.id ?? '';
  return Object.fromEntries(tiers.map((tier) => [networkKey(tier), id]));
}

function ownNetwork(scope: Construct, site: Site): Handles {
  const root = new Construct(scope, 'network');
  overcommitCpu(root, site);
  return { ...makeVpc(root, site), ...makeOfferings(root, site) };
}
