import { Ec2TransitGateway } from '@cdktf/provider-aws/lib/ec2-transit-gateway';
import { Ec2TransitGatewayRouteTable } from '@cdktf/provider-aws/lib/ec2-transit-gateway-route-table';
import { Ec2TransitGatewayRouteTableAssociation } from '@cdktf/provider-aws/lib/ec2-transit-gateway-route-table-association';
import { Ec2TransitGatewayRouteTablePropagation } from '@cdktf/provider-aws/lib/ec2-transit-gateway-route-table-propagation';
import { Ec2TransitGatewayVpcAttachment } from '@cdktf/provider-aws/lib/ec2-transit-gateway-vpc-attachment';
import type { Subnet } from '@cdktf/provider-aws/lib/subnet';
import type { Construct } from 'constructs';
import { zones } from '../../contract/plan';
import type { Handles, Site } from '../../contract/site';
import { nameTag } from './naming';
import { providerOf } from './provider';
import { handleOf } from './settings';
import { subnetHandle } from './subnets';

export interface Hub {
  readonly gateway: Ec2TransitGateway;
  readonly attachment: Ec2TransitGatewayVpcAttachment;
  /** What the site's own network is routed by: it learns every link. */
  readonly siteTable: Ec2TransitGatewayRouteTable;
  /** What links are routed by, and all that their peers are told: it learns the site, and other links only at a transit. */
  readonly linksTable: Ec2TransitGatewayRouteTable;
}

/** A transit gateway without its default tables, which would make every site a transit between all of its links. */
export function makeHub(scope: Construct, site: Site, vpcId: string, subnets: Readonly<Record<string, Subnet>>): Hub {
  const provider = providerOf(scope, site.id);
  const gateway = new Ec2TransitGateway(scope, 'transit-gateway', {
    provider,
    amazonSideAsn: site.asn,
    autoAcceptSharedAttachments: 'disable',
    defaultRouteTableAssociation: 'disable',
    defaultRouteTablePropagation: 'disable',
    dnsSupport: 'enable',
    vpnEcmpSupport: 'enable',
    tags: nameTag(site),
  });
  const attachment = new Ec2TransitGatewayVpcAttachment(scope, 'transit-attachment', {
    provider,
    transitGatewayId: gateway.id,
    vpcId,
    subnetIds: zones.map((zone) => subnets[subnetHandle('attachment', zone)]?.id ?? ''),
    transitGatewayDefaultRouteTableAssociation: false,
    transitGatewayDefaultRouteTablePropagation: false,
    tags: nameTag(site),
  });
  return { gateway, attachment, ...makeTables(scope, site, gateway, attachment) };
}

function makeTables(
  scope: Construct,
  site: Site,
  gateway: Ec2TransitGateway,
  attachment: Ec2TransitGatewayVpcAttachment,
): Pick<Hub, 'siteTable' | 'linksTable'> {
  const provider = providerOf(scope, site.id);
  const table = (name: string): Ec2TransitGatewayRouteTable =>
    new Ec2TransitGatewayRouteTable(scope, `transit-table-${name}`, {
      provider,
      transitGatewayId: gateway.id,
      tags: nameTag(site, name),
    });
  const siteTable = table('site');
  const linksTable = table('links');
  new Ec2TransitGatewayRouteTableAssociation(scope, 'transit-association', {
    provider,
    transitGatewayAttachmentId: attachment.id,
    transitGatewayRouteTableId: siteTable.id,
  });
  new Ec2TransitGatewayRouteTablePropagation(scope, 'transit-propagation', {
    provider,
    transitGatewayAttachmentId: attachment.id,
    transitGatewayRouteTableId: linksTable.id,
  });
  return { siteTable, linksTable };
}

/** Joins a link's attachment to the hub: it is told of the site, and of the other links only where the site is a transit. */
export function joinHub(scope: Construct, id: string, site: Site, network: Handles, attachmentId: string): void {
  const provider = providerOf(scope, site.id);
  const links = handleOf(network, 'links-table');
  const learners = { site: handleOf(network, 'site-table'), ...(site.transit ? { links } : {}) };
  new Ec2TransitGatewayRouteTableAssociation(scope, `${id}-association`, {
    provider,
    transitGatewayAttachmentId: attachmentId,
    transitGatewayRouteTableId: links,
  });
  for (const [name, table] of Object.entries(learners)) {
    new Ec2TransitGatewayRouteTablePropagation(scope, `${id}-propagation-${name}`, {
      provider,
      transitGatewayAttachmentId: attachmentId,
      transitGatewayRouteTableId: table,
    });
  }
}
