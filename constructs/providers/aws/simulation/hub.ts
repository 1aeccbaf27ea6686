import type { SimulatedEffect, SimulatedFunction, SimulatedResource } from '../../../contract/simulation';
import { apiError, deleteError } from './errors';
import { attribute, ec2Arn, ec2Id, fixed, owner } from './identifiers';

/** Whatever is attached to a transit gateway: networks, VPN connections, Direct Connect gateways. */
export const attachmentType = 'transit_gateway_attachment';

export function attachmentEffect(id: string, gateway: string, resource: string, kind: string): SimulatedEffect {
  const attributes = { transit_gateway_id: gateway, resource_id: resource, resource_type: kind };
  return { type: attachmentType, key: 'attachment', id, attributes };
}

const gateway: SimulatedResource = {
  id: ec2Id('tgw'),
  computed: { arn: ec2Arn('transit-gateway'), owner_id: owner },
  // What was once disabled is enabled for a new gateway only (the provider's transitgateway_.go).
  replacedBy: (before, after) =>
    ['default_route_table_association', 'default_route_table_propagation'].filter(
      (name) => before.text(name) === 'disable' && after.text(name) === 'enable',
    ),
  seconds: { create: 100, delete: 30 },
};

/** Of what the provider waits for, in its sources: internal/service/ec2/transitgateway_.go, delete. */
const kinds: Readonly<Record<string, string>> = {
  aws_dx_gateway_association: 'DirectConnect Gateway Attachments',
  aws_vpn_connection: 'VPN Attachments',
};

const heldGateway = {
  to: 'aws_ec2_transit_gateway',
  inUse: ({ self, context, other }) => {
    const made = context.find(attachmentType, { transit_gateway_id: self.id })?.id;
    const kind = kinds[other?.type ?? ''] ?? 'Transit Gateway Attachments';
    return deleteError(
      self,
      context,
      'IncorrectState',
      `${self.id} has non-deleted ${kind}: ${made ?? other?.id ?? ''}.`,
    );
  },
} satisfies NonNullable<SimulatedResource['references']>[string];

const attachment: SimulatedResource = {
  id: ec2Id('tgw-attach'),
  computed: {
    arn: ec2Arn('transit-gateway-attachment'),
    vpc_owner_id: owner,
    security_group_referencing_support: fixed('enable'),
  },
  references: {
    transit_gateway_id: heldGateway,
    vpc_id: { to: 'aws_vpc' },
    subnet_ids: { to: 'aws_subnet' },
  },
  unique: [
    {
      attributes: ['transit_gateway_id', 'vpc_id'],
      taken: ({ self, context, value }) =>
        apiError(
          self,
          context,
          'DuplicateTransitGatewayAttachment',
          `${value} has non-deleted Transit Gateway Attachments with same VPC ID.`,
        ),
    },
  ],
  check: (self, context) => {
    const zones = self
      .all('subnet_ids')
      .map((id) => attribute(context.find('aws_subnet', String(id)), 'availability_zone'));
    if (new Set(zones).size === zones.length) return [];
    return [apiError(self, context, 'DuplicateSubnetsInSameZone', 'Duplicate Subnets for same AZ')];
  },
  effects: (self) => [attachmentEffect(self.id, self.text('transit_gateway_id'), self.text('vpc_id'), 'vpc')],
  seconds: { create: 60, delete: 60 },
};

const table: SimulatedResource = {
  id: ec2Id('tgw-rtb'),
  computed: {
    arn: ec2Arn('transit-gateway-route-table'),
    default_association_route_table: fixed(false),
    default_propagation_route_table: fixed(false),
  },
  references: { transit_gateway_id: heldGateway },
  seconds: { create: 60, delete: 60 },
};

const joinId: SimulatedFunction<string> = (self) =>
  `${self.text('transit_gateway_route_table_id')}_${self.text('transit_gateway_attachment_id')}`;

const joined = {
  id: joinId,
  computed: {
    resource_id: (self, context) =>
      attribute(context.find(attachmentType, self.text('transit_gateway_attachment_id')), 'resource_id'),
    resource_type: (self, context) =>
      attribute(context.find(attachmentType, self.text('transit_gateway_attachment_id')), 'resource_type'),
  },
  references: {
    transit_gateway_attachment_id: { to: attachmentType, holds: false },
    transit_gateway_route_table_id: {
      to: 'aws_ec2_transit_gateway_route_table',
      inUse: ({ self, context }) =>
        deleteError(
          self,
          context,
          'IncorrectState',
          `Cannot delete ${self.id}: it still has associations or propagations.`,
        ),
    },
  },
  seconds: { create: 60, delete: 60 },
} satisfies SimulatedResource;

const association: SimulatedResource = {
  ...joined,
  // An attachment that is not known yet replaces nothing: measured at aws 5.100.0, whose propagation does not do so.
  replacedUnless: {
    transit_gateway_attachment_id: (_, after) => after.value('transit_gateway_attachment_id') === undefined,
  },
  unique: [
    {
      attributes: ['transit_gateway_attachment_id'],
      taken: ({ self, context, value }) =>
        apiError(
          self,
          context,
          'Resource.AlreadyAssociated',
          `Transit Gateway Attachment ${value} is already associated to a route table.`,
        ),
    },
  ],
};

const propagation: SimulatedResource = {
  ...joined,
  unique: [
    {
      attributes: ['transit_gateway_attachment_id', 'transit_gateway_route_table_id'],
      taken: ({ self, context, value }) =>
        apiError(
          self,
          context,
          'TransitGatewayRouteTablePropagation.Duplicate',
          `Propagation ${value} already exists in Transit Gateway Route Table ${self.text('transit_gateway_route_table_id')}.`,
        ),
    },
  ],
};

export const hubTypes: Readonly<Record<string, SimulatedResource>> = {
  aws_ec2_transit_gateway: gateway,
  aws_ec2_transit_gateway_vpc_attachment: attachment,
  aws_ec2_transit_gateway_route_table: table,
  aws_ec2_transit_gateway_route_table_association: association,
  aws_ec2_transit_gateway_route_table_propagation: propagation,
};
