import { contains } from '../../constructs/util/cidr';
import { neededNames } from '../../stacks/dns/dns';
import { loadPlatform } from '../../stacks/main';
import { userDataIn } from './emitted-machines';
import type { LabInterface, LabMachine } from './lab';
import { parseUserData } from './machine-files';
import { type StackJson, synthesizedStacks } from './stack-json';

/** What the stacks of a topology in racks of MAAS and Junos deploy, read from their JSON as the providers read it. */
export interface DeployedCage {
  /** The machines by hostname: `cage-live-origin-s1-a`. */
  readonly machines: ReadonlyMap<string, LabMachine>;
  /** Gateways of the subnets, which the switches and the uplink have. */
  readonly gateways: readonly LabInterface[];
  /** Names that edges look up, with their planned addresses. */
  readonly names: Readonly<Record<string, string>>;
  /** Address of a service of the live system: `s1`, or `edge` for viewers. */
  service(name: string): string;
}

interface MaasInstance {
  readonly network_interfaces: readonly {
    readonly name: string;
    readonly ip_address: string;
    readonly subnet_cidr: string;
  }[];
  readonly deploy_params: { readonly user_data: string };
}

interface MaasSubnet {
  readonly cidr: string;
  readonly gateway_ip?: string;
}

interface JunosInterface {
  readonly family_inet: {
    readonly address: readonly {
      readonly cidr_ip: string;
      readonly vrrp_group?: readonly { readonly virtual_address: readonly string[] }[];
    }[];
  };
}

export function deployedCage(topology: unknown): DeployedCage {
  const stacks = [...synthesizedStacks(topology).values()];
  const subnets = resources<MaasSubnet>(stacks, 'maas_subnet');
  const machines = resources<MaasInstance>(stacks, 'maas_instance').map((instance) => machineOf(instance, subnets));
  const names = neededNames(loadPlatform(topology)).flatMap(({ name, address }) => (address ? [[name, address]] : []));
  return {
    machines: new Map(machines.map((machine) => [machine.name, machine])),
    gateways: gatewaysOf(stacks, subnets),
    names: Object.fromEntries(names) as Record<string, string>,
    service: (name) => serviceAddress(stacks, name),
  };
}

function resources<T>(stacks: readonly StackJson[], type: string): T[] {
  return stacks.flatMap(({ resource }) => Object.values(resource?.[type] ?? {}) as T[]);
}

/** MAAS gives a machine the gateway of the subnet that has one. */
function machineOf({ network_interfaces, deploy_params }: MaasInstance, subnets: readonly MaasSubnet[]): LabMachine {
  const [userData = ''] = userDataIn(deploy_params.user_data);
  const own = network_interfaces.map(({ subnet_cidr }) => subnet_cidr);
  const gateway = subnets.find(({ cidr, gateway_ip }) => gateway_ip !== undefined && own.includes(cidr))?.gateway_ip;
  return {
    name: parseUserData(userData).hostname ?? '',
    interfaces: network_interfaces.map(({ name, ip_address, subnet_cidr }) => {
      return { name, address: ip_address, subnet: subnet_cidr };
    }),
    ...(gateway === undefined ? {} : { gateway }),
    userData,
  };
}

function gatewaysOf(stacks: readonly StackJson[], subnets: readonly MaasSubnet[]): LabInterface[] {
  const virtual = resources<JunosInterface>(stacks, 'junos_interface_logical')
    .flatMap(({ family_inet }) => family_inet.address)
    .flatMap(({ vrrp_group = [] }) => vrrp_group.flatMap(({ virtual_address }) => virtual_address));
  const given = subnets.flatMap(({ gateway_ip }) => gateway_ip ?? []);
  return [...new Set([...virtual, ...given])].flatMap((address, index) => {
    const subnet = subnets.find(({ cidr }) => contains(cidr, `${address}/32`));
    return subnet ? [{ name: `gateway${index}`, address, subnet: subnet.cidr }] : [];
  });
}

/** From the outputs that other stacks read: `${join(",", ["203.0.113.10"])}`. */
function serviceAddress(stacks: readonly StackJson[], service: string): string {
  const found = stacks
    .map(({ output }) => (output?.['handles'] as { readonly value?: Readonly<Record<string, string>> })?.value)
    .map((handles) => handles?.[`addresses.${service}`])
    .find((value) => value !== undefined);
  const address = /"(\d+(?:\.\d+){3})"/.exec(found ?? '')?.[1];
  if (address === undefined) throw new Error(`no stack gives the address of ${service}`);
  return address;
}
