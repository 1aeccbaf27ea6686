import { Fn, TerraformVariable } from 'cdktf';
import type { Construct } from 'constructs';
import { Do } from '../../../.gen/providers/bigip/do';
import { NetSelfip } from '../../../.gen/providers/bigip/net-selfip';
import type { Device } from '../../contract/adapter';
import type { Half, Site } from '../../contract/site';
import { balancerVlans, withPrefix } from './layout';
import { bigipName } from './names';
import { onboarding, type OnboardingSecrets } from './onboarding';
import { boxProvider, primaryOf } from './provider';
import { type BalancersSettings, type MetalSite, metalSite } from './settings';
import { saveAndSync } from './sync';

/** Minutes for provisioning, which restarts the box's services, and for trust. */
const onboardingMinutes = 30;

/** The boxes, each in a stack of its own and the primary first because it owns the pair; then what both have in common. */
export function devices(anySite: Site): readonly Device[] {
  const site = metalSite(anySite);
  const { balancers } = site.settings;
  if (!balancers) return [];
  const inOrder: readonly Half[] = balancers.primary === 'a' ? ['a', 'b'] : ['b', 'a'];
  const boxes = inOrder.map((half): Device => ({
    id: `bigip-${half}`,
    half,
    build: (scope) => buildBox(scope, site, balancers, half),
  }));
  return [...boxes, { id: 'bigip-pair', half: balancers.primary, build: (scope) => buildPair(scope, site, balancers) }];
}

function buildBox(scope: Construct, site: MetalSite, balancers: BalancersSettings, half: Half): void {
  const provider = boxProvider(scope, site, half, half);
  const declaration = onboarding(site, balancers, half, secretsOf(scope, site, balancers, half));
  new Do(scope, 'onboarding', { provider, doJson: Fn.jsonencode(declaration), timeout: onboardingMinutes });
}

function secretsOf(scope: Construct, site: MetalSite, balancers: BalancersSettings, half: Half): OnboardingSecrets {
  const secret = (id: string, description: string): string =>
    new TerraformVariable(scope, `${site.id}_bigip_${id}`, { type: 'string', sensitive: true, description })
      .stringValue;
  return {
    user: 'admin',
    password: secret('password', 'Password of admin on both balancers, for the trust between them'),
    ...(balancers.licence === 'registration-key'
      ? { registrationKey: secret(`${half}_registration_key`, `Registration key of balancer ${half}`) }
      : {}),
  };
}

/** The addresses that move with the active box, once for the pair and through the one box that is written to. */
function buildPair(scope: Construct, site: MetalSite, balancers: BalancersSettings): void {
  const provider = primaryOf(scope, site);
  const configs = balancerVlans(site, balancers).map((vlan) => ({
    name: bigipName(site.platform, site.id, vlan.name, 'floating'),
    ip: withPrefix(vlan.floating, vlan.cidr),
    vlan: `/Common/${vlan.name}`,
    // Without its partition: the provider reads it back so.
    trafficGroup: 'traffic-group-1',
    portLockdown: ['none'],
  }));
  const addresses = configs.map(
    (config) => new NetSelfip(scope, `floating-${config.vlan.split('/').at(-1) ?? ''}`, { provider, ...config }),
  );
  saveAndSync(scope, 'sync', provider, configs, addresses);
}
