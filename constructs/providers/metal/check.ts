import type { Problem } from '../../contract/problem';
import { tiers } from '../../contract/plan';
import { halves, type Half, type Site } from '../../contract/site';
import { contains, toNumber } from '../../util/cidr';
import { groupBy, sortedEntries } from '../../util/group';
import { type Capability, modelCan, modelsThatCan } from './models';
import { type MetalSite, metalSite } from './settings';

/** Rules that the schema cannot say: devices, models, ports, machines and the public block. */
export function check(anySite: Site): readonly Problem[] {
  const site = metalSite(anySite);
  return [
    ...checkProfile(site),
    ...halves.flatMap((half) => [...checkModel(site, half), ...checkPorts(site, half)]),
    ...checkManagement(site),
    ...checkInventory(site),
    ...checkPublic(site),
  ];
}

function checkProfile(site: MetalSite): Problem[] {
  const hardware = site.profile === 'bigip';
  if (hardware === (site.settings.balancers !== undefined)) return [];
  const path = 'settings.balancers';
  return hardware
    ? [
        {
          path,
          message: 'the profile bigip has no balancers',
          fix: 'Describe both boxes, or choose the profile `software`.',
        },
      ]
    : [
        {
          path,
          message: 'the profile software has no use for hardware balancers',
          fix: 'Remove them, or choose the profile `bigip`.',
        },
      ];
}

/** What the network asks of each switch. */
const needed: readonly Capability[] = ['vlan', 'irb', 'vrrp', 'bgp'];

function checkModel(site: MetalSite, half: Half): Problem[] {
  const { model } = site.settings.switches[half];
  const lacking = needed.filter((capability) => !modelCan(model, capability));
  const problems = lacking.map((capability): Problem => ({
    path: `settings.switches.${half}.model`,
    message: `this model cannot do ${capability}, which the site's network needs`,
    value: model,
    fix: `Use one of ${modelsThatCan(capability).join(', ')}.`,
  }));
  return [...problems, ...checkDuty(site, half, 'nat'), ...checkDuty(site, half, 'ipsec')];
}

/** Address translation and IPsec are the router pair's; a switch could not, and a firewall in its place is not configured here. */
function checkDuty(site: MetalSite, half: Half, duty: 'nat' | 'ipsec'): Problem[] {
  if (site.settings[duty] !== 'switches') return [];
  const { model } = site.settings.switches[half];
  const able = modelCan(model, duty);
  const message = able
    ? `${duty} on a ${model} is not among what this adapter configures`
    : `switch ${half} is a ${model}, which cannot do ${duty}`;
  return [
    {
      path: `settings.${duty}`,
      message,
      value: 'switches',
      fix: 'Write `routers` (the default): the self-hosted router pair does it.',
    },
  ];
}

function checkPorts(site: MetalSite, half: Half): Problem[] {
  const { access, trunks, circuits = {} } = site.settings.switches[half];
  const ports = [...Object.keys(access), ...Object.keys(trunks), ...Object.keys(circuits)];
  const path = `settings.switches.${half}`;
  const twice = [...groupBy(ports, (port) => port)].filter(([, uses]) => uses.length > 1);
  const publicPorts = sortedEntries({ ...access }).filter(([, { tier }]) => tier === 'public' && !site.settings.public);
  return [
    ...twice.map(([port]): Problem => ({
      path,
      message: `port ${port} is listed twice`,
      value: port,
      fix: 'A port is an access port, a trunk or a circuit port.',
    })),
    ...publicPorts.map(([port]): Problem => ({
      path: `${path}.access.${port}`,
      message: 'the site has no public block',
      fix: 'Describe it in `settings.public`.',
    })),
  ];
}

function checkManagement(site: MetalSite): Problem[] {
  const { switches, balancers } = site.settings;
  const boxes = balancers
    ? halves.map((half) => [`settings.balancers.boxes.${half}.address`, balancers.boxes[half].address] as const)
    : [];
  const devices = [
    ...halves.map((half) => [`settings.switches.${half}.address`, switches[half].address] as const),
    ...boxes,
  ];
  const shared = [...groupBy(devices, ([, address]) => address)].filter(([, uses]) => uses.length > 1);
  return shared.map(([address, uses]) => ({
    path: uses.at(-1)?.[0] ?? '',
    message: `another device has this management address (${uses[0]?.[0] ?? ''})`,
    value: address,
    fix: 'Every device has an address of its own: two that share one would be configured over each other.',
  }));
}

function checkInventory(site: MetalSite): Problem[] {
  const { machines, machineTypes, pinned = {} } = site.settings;
  const types = Object.keys(machineTypes);
  const unknownTypes = sortedEntries(machines).filter(([, { type }]) => !types.includes(type));
  const unknownHosts = sortedEntries(pinned).filter(([, hostname]) => !(hostname in machines));
  const shared = [...groupBy(sortedEntries(pinned), ([, hostname]) => hostname).values()];
  return [
    ...unknownTypes.map(([hostname, { type }]): Problem => ({
      path: `settings.machines.${hostname}.type`,
      message: 'there is no such machine type',
      value: type,
      bound: types.join(', '),
      fix: 'Use one of these, or describe the type.',
    })),
    ...unknownHosts.map(([name, hostname]): Problem => ({
      path: `settings.pinned.${name}`,
      message: 'there is no such machine in the racks',
      value: hostname,
      fix: 'Add it to `settings.machines`, or pin another one.',
    })),
    ...shared.flatMap(([first, ...others]) =>
      others.map(([name, hostname]) => pinnedTwice(name, hostname, first?.[0])),
    ),
  ];
}

const pinnedTwice = (name: string, hostname: string, other = ''): Problem => ({
  path: `settings.pinned.${name}`,
  message: `this machine is pinned for ${other}`,
  value: hostname,
  bound: 'each machine once',
  fix: 'Pin another one.',
});

function checkPublic(site: MetalSite): Problem[] {
  const block = site.settings.public;
  const planned = site.plan.public !== undefined;
  if (!block && !planned) return [];
  if (!block)
    return [
      {
        path: 'settings.public',
        message: 'the site has a public block without VLAN and gateway',
        fix: 'Say in which VLAN it is and who its gateway is.',
      },
    ];
  if (!planned)
    return [
      {
        path: 'publicBlock',
        message: 'settings.public describes a block that the site does not have',
        fix: `Write \`publicBlock: ${block.cidr}\`.`,
      },
    ];
  return [...checkBlock(site, block), ...checkVlan(site, block.vlan)];
}

function checkBlock(
  site: MetalSite,
  { cidr, gateway }: { readonly cidr: string; readonly gateway: string },
): Problem[] {
  const first = site.plan.public?.(1) ?? '';
  const outside: Problem[] = contains(cidr, `${first}/32`)
    ? []
    : [
        {
          path: 'settings.public.cidr',
          message: 'this is not the public block of the site',
          value: cidr,
          bound: `holds ${first}`,
          fix: 'Write the same block as in `publicBlock`.',
        },
      ];
  const known = contains(cidr, `${gateway}/32`) && toNumber(gateway) < toNumber(first);
  return known
    ? outside
    : [
        ...outside,
        {
          path: 'settings.public.gateway',
          message: 'the gateway is among the addresses that are given away',
          value: gateway,
          bound: `the first address of ${cidr}`,
          fix: 'The upstream has the first address of the block.',
        },
      ];
}

function checkVlan(site: MetalSite, vlan: number): Problem[] {
  const tier = tiers.find((name) => site.plan.tiers[name].vlan === vlan);
  if (!tier) return [];
  return [
    {
      path: 'settings.public.vlan',
      message: `this VLAN is the one of tier ${tier}`,
      value: vlan,
      fix: 'Use another, or move the tiers with `vlanBase`.',
    },
  ];
}
