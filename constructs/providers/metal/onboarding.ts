import { type Half, halves } from '../../contract/site';
import { balancerVlans, prefixLength } from './layout';
import type { BalancersSettings, MetalSite } from './settings';

/** Name of the pair's sync-failover group; `config-sync to-group` names it. */
export const deviceGroup = 'failover-group';
/** What only people know. Sensitive variables, so never in the rendered stack. */
export interface OnboardingSecrets {
  readonly user: string;
  readonly password: string;
  readonly registrationKey?: string;
}

type Class = Readonly<Record<string, unknown>> & { readonly class: string };
export interface Declaration {
  readonly schemaVersion: string;
  readonly class: 'Device';
  readonly async: true;
  readonly label: string;
  readonly Common: Readonly<Record<string, Class | string>>;
}

/**
 * What F5 Declarative Onboarding makes of one box: names and time, VLANs and its own addresses, trust and the pair.
 * The primary box owns the pair and is asked for trust: F5 wants a living owner named before a dead member is replaced.
 * Source: https://clouddocs.f5.com/products/extensions/f5-declarative-onboarding/latest/clustering-managing-devices.html
 * and the examples of F5Networks/f5-declarative-onboarding (`localOnly` since schema 1.15.0), read 2026-11-20.
 */
export function onboarding(
  site: MetalSite,
  balancers: BalancersSettings,
  half: Half,
  secrets: OnboardingSecrets,
): Declaration {
  return {
    schemaVersion: '1.15.0',
    class: 'Device',
    async: true,
    label: `${site.platform} ${site.id} balancer ${half}`,
    Common: {
      class: 'Tenant',
      hostname: balancers.boxes[half].hostname,
      ...system(balancers, secrets),
      ...networks(site, balancers, half),
      ...cluster(balancers, secrets),
    },
  };
}

function system({ dns, ntp }: BalancersSettings, { registrationKey }: OnboardingSecrets): Record<string, Class> {
  return {
    dns: { class: 'DNS', nameServers: dns },
    ntp: { class: 'NTP', servers: ntp, timezone: 'UTC' },
    provisioning: { class: 'Provision', ltm: 'nominal' },
    ...(registrationKey === undefined
      ? {}
      : { licence: { class: 'License', licenseType: 'regKey', regKey: registrationKey } }),
  };
}

/** The members' side carries the pair's own traffic too, so its addresses answer; the public ones answer nobody. */
function networks(site: MetalSite, balancers: BalancersSettings, half: Half): Record<string, Class> {
  const vlans = balancerVlans(site, balancers);
  const each = vlans.flatMap((vlan): [string, Class][] => [
    [vlan.name, { class: 'VLAN', tag: vlan.vlan, mtu: 1500, interfaces: [{ name: vlan.interface, tagged: true }] }],
    [`${vlan.name}-self`, selfIp(vlan.name, `${vlan.self[half]}/${prefixLength(vlan.cidr)}`)],
  ]);
  const [inside, outside] = [vlans[0], vlans[1]];
  const routes: [string, Class][] = [
    ...(inside ? [route('to-site', inside.gateway, site.plan.cidr)] : []),
    route('to-internet', (outside ?? inside)?.gateway ?? '', 'default'),
  ];
  return Object.fromEntries([...each, ...routes]);
}

function selfIp(vlan: string, address: string): Class {
  const allowService = vlan === 'balancer' ? 'default' : 'none';
  return { class: 'SelfIp', address, vlan, allowService, trafficGroup: 'traffic-group-local-only' };
}

/** Each box has its own copy: a route that config-sync carries over would be declared twice. */
function route(name: string, gw: string, network: string): [string, Class] {
  return [name, { class: 'Route', gw, network, localOnly: true }];
}

function cluster({ boxes, primary }: BalancersSettings, { user, password }: OnboardingSecrets): Record<string, Class> {
  const address = '/Common/balancer-self/address';
  return {
    configSync: { class: 'ConfigSync', configsyncIp: address },
    failoverAddress: { class: 'FailoverUnicast', address },
    trust: {
      class: 'DeviceTrust',
      localUsername: user,
      localPassword: password,
      // The box whose address this is passes over it.
      remoteHost: boxes[primary].address,
      remoteUsername: user,
      remotePassword: password,
    },
    [deviceGroup]: {
      class: 'DeviceGroup',
      type: 'sync-failover',
      members: halves.map((half) => boxes[half].hostname),
      owner: `/Common/${deviceGroup}/members/${halves.indexOf(primary)}`,
      autoSync: true,
      saveOnAutoSync: true,
      networkFailover: true,
      fullLoadOnSync: false,
      asmSync: false,
    },
  };
}
