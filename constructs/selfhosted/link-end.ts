import { Lazy, TerraformLocal } from 'cdktf';
import type { Construct } from 'constructs';
import type { LinkEnd, LinkEndSpec, LinkPath, SegmentPath, Tunnel, VpnPath } from '../contract/link';
import type { MachineDemand, MachineSize, MachineSpec } from '../contract/machines';
import type { Place } from '../contract/place';
import { type Half, halves } from '../contract/site';
import { gatewayHub } from '../hub';
import { imageFor } from '../images';
import { fittingUserData } from '../user-data';
import { type GatewayInput, gatewayConfiguration } from './gateway';

export interface SelfHostedEndInput {
  readonly place: Place;
  readonly spec: LinkEndSpec;
  /** The paths that gateways carry here. */
  readonly paths: readonly (VpnPath | SegmentPath)[];
  readonly peerNumber: number;
  readonly sshAuthority: string;
  /** Both ends can speak BFD in tunnels. */
  readonly bfd: boolean;
}

/** IPsec of about 1 Gbit/s needs two CPUs with AES instructions. */
export const gatewaySize: MachineSize = { vcpu: 2, memoryGiB: 4, diskGiB: 20, egressMbps: 1000 };
/** The first slot of the transit tier is the router pair's; each peer site has the one of its number behind it. */
const firstGatewaySlot = 1;
/** Public addresses of gateways lie behind those of the shards: two for each peer site. */
const firstPublicSlot = 72;

/** The end of a link that a pair of machines makes: one gateway in each half, for this link alone. */
export function selfHostedEnd(scope: Construct, id: string, input: SelfHostedEndInput): LinkEnd {
  const { place, spec } = input;
  let peerOutside: readonly string[] = [];
  const outside: string[] = [];
  // A local value, so that adapters can encode and hash it although it resolves only once the peer is known.
  const render = (half: Half): string =>
    fittingUserData(
      place,
      gatewayDemand(spec.peer.site, half).name,
      gatewayConfiguration(gatewayInput(input, half, outside, peerOutside)),
    );
  const userDataOf = (half: Half): string => {
    const rendered = Lazy.stringValue({ produce: () => render(half) });
    return new TerraformLocal(scope, `${id}-${half}-user-data`, rendered).asString;
  };
  const machines = halves.map((half) => gatewayMachine(input, half, userDataOf(half)));
  const made = place.adapter.machines(scope, id, { site: spec.site, network: spec.network, machines });
  outside.push(...made.map((machine) => machine.publicAddress ?? ''));
  return {
    outsideAddresses: outside,
    connect: (addresses) => {
      peerOutside = addresses;
      // Now, and not while cdktf resolves: what is too long is then refused like anything else.
      halves.forEach(render);
    },
  };
}

/** The machine of one half that ends the link to a peer. */
export const gatewayDemand = (peer: string, half: Half): MachineDemand => ({
  name: `gateway-${peer}-${half}`,
  role: 'gateway',
  half,
  size: gatewaySize,
});

function gatewayMachine(input: SelfHostedEndInput, half: Half, userData: string): MachineSpec {
  const { place, spec, peerNumber } = input;
  const segment = input.paths.find((path) => path.kind === 'segment');
  const tunnels = input.paths.some((path) => path.kind === 'vpn');
  const demand = gatewayDemand(spec.peer.site, half);
  return {
    ...demand,
    image: imageFor(place, demand.role, demand.size, demand.name),
    tier: 'transit',
    address: gatewayAddress(place, half, peerNumber),
    userData,
    antiAffinity: `gateway-${spec.peer.site}`,
    stateful: false,
    public: tunnels,
    ...(tunnels ? { publicAddressSlot: firstPublicSlot + 2 * (peerNumber - 1) + halves.indexOf(half) + 1 } : {}),
    router: true,
    ...(segment
      ? {
          segment: {
            address: segment.local[halves.indexOf(half)] ?? '',
            cidr: segment.cidr,
            vlan: segment.vlan,
            end: segment.end,
          },
        }
      : {}),
  };
}

export function gatewayAddress(place: Place, half: Half, peerNumber: number): string {
  return place.site.plan.machine('transit', half, firstGatewaySlot + peerNumber);
}

function gatewayInput(
  input: SelfHostedEndInput,
  half: Half,
  outside: readonly string[],
  peerOutside: readonly string[],
): GatewayInput {
  const { place, spec } = input;
  const endpoint = halves.indexOf(half);
  const vpn = input.paths.find((path): path is VpnPath => path.kind === 'vpn');
  const segment = input.paths.find((path): path is SegmentPath => path.kind === 'segment');
  const own = outside[endpoint];
  return {
    base: {
      hostname: `${place.site.id}-gateway-${spec.peer.site}-${half}`,
      half,
      sshAuthority: input.sshAuthority,
      operators: place.site.operators,
      healthSources: [place.site.supernet],
      routes: [],
    },
    asn: place.site.asn,
    address: gatewayAddress(place, half, input.peerNumber),
    ...(vpn && own ? { outside: own } : {}),
    hubs: halves.map((side) => gatewayHub(place, side)),
    prefixes: [place.site.plan.cidr],
    transitPrefixes: spec.transitPrefixes ?? [],
    peer: spec.peer,
    tunnels: vpn
      ? tunnelsOf(vpn, endpoint).map((tunnel) => ({
          path: vpn,
          tunnel,
          peerOutside: peerOutside[tunnel.peerEndpoint] ?? '',
        }))
      : [],
    ...(segment ? { segment: { path: segment, address: segment.local[endpoint] ?? '' } } : {}),
    bfd: input.bfd,
    smallestMtu: Math.min(...spec.paths.map((path: LinkPath) => path.mtu)),
  };
}

const tunnelsOf = (path: VpnPath, endpoint: number): Tunnel[] =>
  path.tunnels.filter((tunnel) => tunnel.endpoint === endpoint);
