import { groupBy } from '../../../constructs/util/group';
import { inventory } from '../../../stacks/inventory';
import type { Accepted } from './invariants';

/** What must hold in what Terraform is given, whatever the platform's own plan says of it. */
export function emittedViolations(verdict: Accepted): string[] {
  const written = new Map(Object.entries(verdict.texts).map(([id, text]) => [id, JSON.parse(text) as Written]));
  const machines = [...written.keys()].flatMap((stack) => machinesIn(written, stack));
  return [...halvesInOnePlace(machines), ...addressesTwice(machines, verdict), ...foreignReads(written, verdict)];
}

type Config = Readonly<Record<string, unknown>>;
type Backend = Readonly<Record<string, Config>>;

interface Written {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Config>>>>;
  readonly data?: {
    readonly terraform_remote_state?: Readonly<Record<string, { readonly backend: string; readonly config: Config }>>;
  };
  readonly output?: { readonly handles?: { readonly value?: Readonly<Record<string, string>> } };
  readonly terraform: { readonly backend: Backend };
}
type All = ReadonlyMap<string, Written>;

/** Reads a value where it is written in the end: in another resource, or in one of a stack whose state is read. */
type Follow = (value: unknown, attribute: string) => unknown;

interface MachineType {
  /** Zone, rack or hosts that the machine is bound to. */
  readonly place: (config: Config, follow: Follow) => unknown;
  readonly addresses: (config: Config, follow: Follow) => readonly unknown[];
}

const block = (value: unknown): Config => ((Array.isArray(value) ? value[0] : value) ?? {}) as Config;
const blocks = (value: unknown): readonly Config[] => (Array.isArray(value) ? value : [value]) as readonly Config[];

/** The one that IDCF has: racks are not for its customers to choose, so its operator is asked. */
const operatorPlaces = 'the place is up to the operator';

const machineTypes: Readonly<Record<string, MachineType>> = {
  google_compute_instance: {
    place: ({ zone }) => zone,
    addresses: ({ network_interface: nic }, follow) => [follow(block(nic)['network_ip'], 'address')],
  },
  aws_instance: {
    place: ({ subnet_id: subnet }, follow) => follow(subnet, 'availability_zone_id'),
    addresses: ({ private_ip: address }) => [address],
  },
  cloudstack_instance: {
    place: ({ service_offering: offering }, follow) =>
      String(offering).startsWith('${') ? follow(offering, 'host_tags') : operatorPlaces,
    addresses: ({ ip_address: address }) => [address],
  },
  maas_instance: {
    place: ({ allocate_params: wanted }) => block(wanted)['zone'],
    addresses: ({ network_interfaces: nics }) => blocks(nics).map((nic) => nic['ip_address']),
  },
};

interface EmittedMachine {
  readonly stack: string;
  readonly who: string;
  readonly place: string;
  readonly addresses: readonly string[];
}

function machinesIn(all: All, stack: string): EmittedMachine[] {
  const follow: Follow = (value, attribute) => followIn(all, stack, value, attribute);
  const { resource = {} } = all.get(stack) ?? {};
  return Object.entries(machineTypes).flatMap(([type, { place, addresses }]) =>
    Object.entries(resource[type] ?? {}).map(([name, config]) => ({
      stack,
      who: `${stack} ${type}.${name}`,
      place: String(place(config, follow)),
      addresses: addresses(config, follow).map(String),
    })),
  );
}

const remoteValue =
  /^\$\{data\.terraform_remote_state\.state-([\w-]+)\.outputs\.handles(?:\["([^"]+)"\]|\.([\w-]+))\}$/;
const ownValue = /^\$\{(\w+)\.([\w-]+)\.\w+\}$/;

function followIn(all: All, stack: string, value: unknown, attribute: string): unknown {
  const [, other = '', quoted, plain] = remoteValue.exec(String(value)) ?? [];
  if (other !== '')
    return followIn(all, other, all.get(other)?.output?.handles?.value?.[quoted ?? plain ?? ''], attribute);
  const [, type = '', name = ''] = ownValue.exec(String(value)) ?? [];
  return type === '' ? value : all.get(stack)?.resource?.[type]?.[name]?.[attribute];
}

/** No zone, rack or group of hosts has machines of both halves of a system, or of a site's gateways. */
function halvesInOnePlace(machines: readonly EmittedMachine[]): string[] {
  const halves = machines.filter(({ stack, place }) => /-[ab]$/.test(stack) && place !== operatorPlaces);
  const nowhere = halves
    .filter(({ place }) => /^$|undefined|null|\$\{/.test(place))
    .map(({ who }) => `${who} is bound to no place`);
  const shared = [...groupBy(halves, ({ stack, place }) => `${stack.replace(/-[ab]$/, '')} in ${place}`)].flatMap(
    ([where, together]) => (new Set(together.map(({ stack }) => stack)).size > 1 ? [`both halves of ${where}`] : []),
  );
  return [...nowhere, ...shared];
}

/** Each address is one machine's, and the machines that the plan has are those that are made. */
function addressesTwice(machines: readonly EmittedMachine[], { platform }: Accepted): string[] {
  const all = machines.flatMap(({ who, addresses }) => addresses.map((address) => ({ who, address })));
  const twice = [...groupBy(all, ({ address }) => address)].flatMap(([address, owners]) =>
    owners.length > 1 ? [`${address} is given to ${owners.map(({ who }) => who).join(' and ')}`] : [],
  );
  const made = new Set(all.map(({ address }) => address));
  const missing = inventory(platform).flatMap(({ site, name, address }) =>
    address !== undefined && !made.has(address) ? [`${address} of ${site} ${name} is given to nobody`] : [],
  );
  return [...twice, ...missing];
}

/** A state is told from others by its store and its place there, as the backends name them. */
const identityOf = ({ bucket, key, prefix, address }: Config): string => JSON.stringify([bucket, key, prefix, address]);

/** Each stack has a state of its own, and reads those of its sites only; global ones belong to no site. */
function foreignReads(written: All, { specs }: Accepted): string[] {
  const sitesOf = new Map(specs.map(({ id, sites }) => [id, sites]));
  const global = new Set(specs.filter(({ kind }) => kind === 'global').map(({ id }) => id));
  const stacks = [...written].flatMap(([id, { terraform }]) =>
    Object.values(terraform.backend).map((config) => ({ id, state: identityOf(config) })),
  );
  const owners = groupBy(stacks, ({ state }) => state);
  const shared = [...owners].flatMap(([state, own]) =>
    own.length > 1 ? [`${own.map(({ id }) => id).join(' and ')} share the state ${state}`] : [],
  );
  const reads = [...written].flatMap(([id, { data }]) =>
    Object.values(data?.terraform_remote_state ?? {}).map(({ config }) => ({ id, state: identityOf(config) })),
  );
  const foreign = reads.flatMap(({ id, state }) => {
    const [owner] = owners.get(state) ?? [];
    if (!owner) return [`${id} reads a state that no stack has: ${state}`];
    const isOwn = (sitesOf.get(owner.id) ?? []).every((site) => sitesOf.get(id)?.includes(site));
    return isOwn || global.has(id) ? [] : [`${id} reads the state of ${owner.id}, of another site`];
  });
  return [...shared, ...foreign];
}
