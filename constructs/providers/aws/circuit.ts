import { DataAwsEc2TransitGatewayDxGatewayAttachment } from '@cdktf/provider-aws/lib/data-aws-ec2-transit-gateway-dx-gateway-attachment';
import { DxGateway } from '@cdktf/provider-aws/lib/dx-gateway';
import { DxGatewayAssociation } from '@cdktf/provider-aws/lib/dx-gateway-association';
import { DxTransitVirtualInterface } from '@cdktf/provider-aws/lib/dx-transit-virtual-interface';
import type { Construct } from 'constructs';
import type { Circuit, CircuitPath, LinkEndSpec } from '../../contract/link';
import { joinHub } from './hub';
import { nameOf, nameTag } from './naming';
import { providerOf } from './provider';
import { type AwsCircuitEnd, handleOf } from './settings';

/** Characters of a Direct Connect object's name. */
const nameLength = 100;
/** The two sizes that a transit virtual interface has: https://docs.aws.amazon.com/directconnect/latest/UserGuide/WorkingWithVirtualInterfaces.html */
const jumboMtu = 8500;
const plainMtu = 1500;

/** Virtual interfaces on the adopted connections, a Direct Connect gateway behind them, and its association with the hub. */
export function makeCircuits(own: Construct, spec: LinkEndSpec, path: CircuitPath): void {
  const gateway = makeGateway(own, spec, path);
  for (const circuit of path.circuits) makeInterface(own, spec, path, circuit, gateway);
}

function makeGateway(own: Construct, spec: LinkEndSpec, path: CircuitPath): DxGateway {
  const { site, network } = spec;
  const provider = providerOf(own, site.id);
  const transitGateway = handleOf(network, 'transit-gateway');
  const gateway = new DxGateway(own, `${path.id}-gateway`, {
    provider,
    name: nameOf(site, [spec.link], nameLength),
    amazonSideAsn: String(asnOf(path)),
  });
  const association = new DxGatewayAssociation(own, `${path.id}-association`, {
    provider,
    dxGatewayId: gateway.id,
    associatedGatewayId: transitGateway,
    // All that the peer is told, and nothing that this site learned from others unless it is a transit.
    allowedPrefixes: [site.transit ? site.supernet : site.plan.cidr],
  });
  const attachment = new DataAwsEc2TransitGatewayDxGatewayAttachment(own, `${path.id}-attachment`, {
    provider,
    transitGatewayId: transitGateway,
    // Through the association, which makes it; a dependency of its own would read it anew with every change there.
    dxGatewayId: association.dxGatewayId,
  });
  joinHub(own, `${path.id}-hub`, site, network, attachment.id);
  return gateway;
}

function makeInterface(
  own: Construct,
  spec: LinkEndSpec,
  path: CircuitPath,
  circuit: Circuit,
  gateway: DxGateway,
): void {
  const parts = [spec.link, circuit.id];
  new DxTransitVirtualInterface(own, `${path.id}-${circuit.id}`, {
    provider: providerOf(own, spec.site.id),
    name: nameOf(spec.site, parts, nameLength),
    connectionId: (circuit.end as AwsCircuitEnd).connection,
    dxGatewayId: gateway.id,
    vlan: circuit.vlan,
    addressFamily: 'ipv4',
    bgpAsn: circuit.peerAsn ?? spec.peer.asn,
    amazonAddress: circuit.local,
    customerAddress: circuit.remote,
    mtu: path.mtu >= jumboMtu ? jumboMtu : plainMtu,
    tags: nameTag(spec.site, ...parts),
  });
}

function asnOf(path: CircuitPath): number | undefined {
  return path.circuits.map((circuit) => (circuit.end as AwsCircuitEnd).asn)[0];
}
