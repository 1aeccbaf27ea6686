import { contains } from '../../util/cidr';
import type { Problem } from '../../contract/problem';
import type { Site } from '../../contract/site';
import { type MachineTypeSettings, settingsOf } from './settings';

/** VPC ranges outside these need the global setting `allow.non.rfc1918.compliant.ips` (RFC 1918, section 3). */
const privateBlocks = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'];

export function checkIdcf(site: Site): readonly Problem[] {
  const { network, privateCloud, machineTypes } = settingsOf(site);
  return [
    ...need(
      network,
      'settings.network',
      'the adopted network is missing',
      'Add { id, name } of the network that exists.',
    ),
    ...refuseSetting(privateCloud, 'settings.privateCloud', 'private'),
    ...(site.plan.adopted ? [] : [notAdopted]),
    ...checkNames(machineTypes),
    ...machineTypes.flatMap((type, index) => checkIdcfType(type, `settings.machineTypes.${index}`)),
  ];
}

export function checkPrivate(site: Site): readonly Problem[] {
  const { network, privateCloud, machineTypes } = settingsOf(site);
  return [
    ...need(privateCloud, 'settings.privateCloud', 'the settings of the own cloud are missing', 'Add privateCloud.'),
    ...refuseSetting(network, 'settings.network', 'idcf'),
    ...checkRange(site.plan.cidr),
    ...checkNames(machineTypes),
    ...machineTypes.flatMap((type, index) => checkPrivateType(type, `settings.machineTypes.${index}`)),
  ];
}

const notAdopted: Problem = {
  path: 'adoptedNetwork',
  message: 'profile idcf makes no network, and the site names no range of one that exists',
  fix: 'Write the range of the network as adoptedNetwork.',
};

function need(value: unknown, path: string, message: string, fix: string): Problem[] {
  return value === undefined ? [{ path, message, fix }] : [];
}

function refuseSetting(value: unknown, path: string, profile: string): Problem[] {
  return value === undefined ? [] : [{ path, message: `belongs to profile ${profile}`, fix: 'Remove it.' }];
}

function checkRange(cidr: string): Problem[] {
  if (privateBlocks.some((block) => contains(block, cidr))) return [];
  return [
    {
      path: 'addresses.internal',
      message: 'CloudStack takes only private ranges for a VPC',
      value: cidr,
      bound: privateBlocks.join(', '),
      fix: 'Move the internal block into one of them.',
    },
  ];
}

function checkNames(types: readonly MachineTypeSettings[]): Problem[] {
  const names = types.map((type) => type.name);
  return names.flatMap((name, index) =>
    names.indexOf(name) === index
      ? []
      : [{ path: `settings.machineTypes.${index}.name`, message: 'is there twice', value: name, fix: 'Rename one.' }],
  );
}

function checkIdcfType(type: MachineTypeSettings, path: string): Problem[] {
  return [
    ...need(type.offering, `${path}.offering`, 'profile idcf makes no offerings', 'Write the UUID of the offering.'),
    ...refuseSetting(type.offerings, `${path}.offerings`, 'private'),
    ...refuseSetting(type.cpuMHz, `${path}.cpuMHz`, 'private'),
  ];
}

function checkPrivateType(type: MachineTypeSettings, path: string): Problem[] {
  const either = (type.offerings === undefined) === (type.cpuMHz === undefined);
  const message = 'needs either the offerings that exist or the clock of those that Watari makes';
  return [
    ...refuseSetting(type.offering, `${path}.offering`, 'idcf'),
    ...(either ? [{ path, message, fix: 'Write offerings: { a, b, elastic }, or cpuMHz.' }] : []),
  ];
}
