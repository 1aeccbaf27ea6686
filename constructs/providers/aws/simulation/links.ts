import type {
  SimulatedComputation,
  SimulatedError,
  SimulatedFunction,
  SimulatedResource,
} from '../../../contract/simulation';
import { addressAt, isCidr } from '../../../util/cidr';
import { reservedInsideBlocks } from '../link-problems';
import { apiError, deleteError } from './errors';
import { arn, attribute, ec2Arn, ec2Id, fixed, owner, publicAddress } from './identifiers';
import { attachmentEffect, attachmentType } from './hub';

const customerGateway: SimulatedResource = {
  id: ec2Id('cgw'),
  computed: { arn: ec2Arn('customer-gateway') },
  seconds: { create: 15, delete: 5 },
};

const tunnelAddress =
  (tunnel: 1 | 2): SimulatedComputation =>
  (_self, context) =>
    publicAddress(context, `tunnel ${tunnel}`);

const inside =
  (tunnel: 1 | 2, place: number): SimulatedComputation =>
  (self) => {
    const cidr = self.text(`tunnel${tunnel}_inside_cidr`);
    return isCidr(cidr) ? addressAt(cidr, place) : '';
  };

/** What AWS chooses for a tunnel that the configuration leaves open. */
const insideCidr =
  (tunnel: 1 | 2): SimulatedComputation =>
  (_self, context) =>
    `169.254.${6 + context.number(160, `tunnel ${tunnel}`)}.${context.number(64, `block ${tunnel}`) * 4}/30`;

const hubAsn: SimulatedComputation = (self, context) =>
  attribute(context.find('aws_ec2_transit_gateway', self.text('transit_gateway_id')), 'amazon_side_asn');

const tunnelValues = (tunnel: 1 | 2): Record<string, SimulatedComputation> => ({
  [`tunnel${tunnel}_inside_cidr`]: insideCidr(tunnel),
  [`tunnel${tunnel}_preshared_key`]: (_self, context) => context.hex(32, `key ${tunnel}`),
  [`tunnel${tunnel}_address`]: tunnelAddress(tunnel),
  [`tunnel${tunnel}_bgp_asn`]: hubAsn,
  [`tunnel${tunnel}_bgp_holdtime`]: fixed(30),
  [`tunnel${tunnel}_vgw_inside_address`]: inside(tunnel, 1),
  [`tunnel${tunnel}_cgw_inside_address`]: inside(tunnel, 2),
});

const vpn: SimulatedResource = {
  id: ec2Id('vpn'),
  filledBlocks: ['tunnel1_log_options', 'tunnel2_log_options'],
  computed: {
    arn: ec2Arn('vpn-connection'),
    ...tunnelValues(1),
    ...tunnelValues(2),
    customer_gateway_configuration: (self) => `<vpn_connection id="${self.id}"/>`,
    enable_acceleration: fixed(false),
    local_ipv4_network_cidr: fixed('0.0.0.0/0'),
    remote_ipv4_network_cidr: fixed('0.0.0.0/0'),
    outside_ip_address_type: fixed('PublicIpv4'),
    preshared_key_storage: fixed('Standard'),
    tunnel_inside_ip_version: fixed('ipv4'),
    transit_gateway_attachment_id: (_self, context) => `tgw-attach-${context.hex(17, 'attachment')}`,
  },
  references: {
    customer_gateway_id: {
      to: 'aws_customer_gateway',
      inUse: ({ self, context }) => deleteError(self, context, 'IncorrectState', 'The customer gateway is in use.'),
    },
    transit_gateway_id: { to: 'aws_ec2_transit_gateway' },
  },
  check: (self, context) => tunnelErrors(self, context),
  effects: (self) => [
    attachmentEffect(self.text('transit_gateway_attachment_id'), self.text('transit_gateway_id'), self.id, 'vpn'),
  ],
  seconds: { create: 240, delete: 120 },
};

/** https://docs.aws.amazon.com/vpn/latest/s2svpn/VPNTunnels.html */
const tunnelErrors: SimulatedFunction<readonly SimulatedError[]> = (self, context) => {
  const blocks = [self.text('tunnel1_inside_cidr'), self.text('tunnel2_inside_cidr')];
  const reserved = blocks.filter((cidr) => reservedInsideBlocks.includes(cidr));
  const keys = [self.text('tunnel1_preshared_key'), self.text('tunnel2_preshared_key')];
  const badKeys = keys.filter((key) => key !== '' && !/^(?!0)[A-Za-z0-9._]{8,64}$/.test(key));
  return [
    ...reserved.map((cidr) =>
      apiError(
        self,
        context,
        'InvalidParameterValue',
        `Value (${cidr}) for parameter TunnelInsideCidr is invalid. The CIDR is reserved.`,
      ),
    ),
    ...badKeys.map(() =>
      apiError(
        self,
        context,
        'InvalidParameterValue',
        'Value (****) for parameter PreSharedKey is invalid. Allowed characters are alphanumeric characters, periods, and underscores, 8 to 64 of them, not starting with zero.',
      ),
    ),
    ...(blocks[0] && blocks[0] === blocks[1]
      ? [apiError(self, context, 'InvalidParameterValue', 'Tunnel inside CIDRs must be different.')]
      : []),
  ];
};

const gateway: SimulatedResource = {
  id: (_self, context) => context.uuid('gateway'),
  apart: ['account'],
  computed: {
    arn: (self, context) => arn(context, 'directconnect', `dx-gateway/${self.id}`, true),
    owner_account_id: owner,
  },
  seconds: { create: 10, delete: 10 },
};

const association: SimulatedResource = {
  id: (self) => `ga-${self.text('dx_gateway_id')}${self.text('associated_gateway_id')}`,
  computed: {
    associated_gateway_owner_account_id: owner,
    associated_gateway_type: fixed('transitGateway'),
    dx_gateway_association_id: (_self, context) => context.uuid('association'),
    dx_gateway_owner_account_id: owner,
  },
  references: {
    dx_gateway_id: {
      to: 'aws_dx_gateway',
      inUse: ({ self, context }) =>
        deleteError(
          self,
          context,
          'DirectConnectClientException',
          `Direct Connect Gateway ${self.id} has associations or virtual interfaces and cannot be deleted.`,
        ),
    },
    associated_gateway_id: { to: 'aws_ec2_transit_gateway' },
  },
  check: (self, context) => {
    const own = attribute(context.find('aws_dx_gateway', self.text('dx_gateway_id')), 'amazon_side_asn');
    const hub = attribute(
      context.find('aws_ec2_transit_gateway', self.text('associated_gateway_id')),
      'amazon_side_asn',
    );
    if (own !== hub) return [];
    const text = `Direct Connect Gateway ${self.text('dx_gateway_id')} and Transit Gateway ${self.text('associated_gateway_id')} have the same ASN ${own}.`;
    return [apiError(self, context, 'DirectConnectClientException', text)];
  },
  effects: (self, context) => [
    attachmentEffect(
      `tgw-attach-${context.hex(17, 'attachment')}`,
      self.text('associated_gateway_id'),
      self.text('dx_gateway_id'),
      'direct-connect-gateway',
    ),
  ],
  seconds: { create: 600, delete: 600 },
};

const virtualInterface: SimulatedResource = {
  id: (_self, context) => `dxvif-${context.hex(8, 'interface')}`,
  computed: {
    arn: (self, context) => arn(context, 'directconnect', `dxvif/${self.id}`),
    amazon_side_asn: (self, context) =>
      attribute(context.find('aws_dx_gateway', self.text('dx_gateway_id')), 'amazon_side_asn'),
    aws_device: (_self, context) => `EqTY2-${context.hex(13, 'device')}`,
    bgp_auth_key: (_self, context) => context.hex(24, 'key'),
    jumbo_frame_capable: fixed(true),
  },
  references: { dx_gateway_id: { to: 'aws_dx_gateway' } },
  unique: [
    {
      attributes: ['connection_id', 'vlan'],
      taken: ({ self, context }) =>
        apiError(
          self,
          context,
          'DirectConnectClientException',
          `VLAN ${self.text('vlan')} is already in use on Connection ${self.text('connection_id')}.`,
        ),
    },
  ],
  seconds: { create: 60, delete: 60 },
};

export const linkTypes: Readonly<Record<string, SimulatedResource>> = {
  aws_customer_gateway: customerGateway,
  aws_vpn_connection: vpn,
  aws_dx_gateway: gateway,
  aws_dx_gateway_association: association,
  aws_dx_transit_virtual_interface: virtualInterface,
};

/** The attachment that AWS made for an association. */
export const dxAttachment: SimulatedFunction<Record<string, string> | readonly SimulatedError[]> = (self, context) => {
  const found = context.find(attachmentType, {
    transit_gateway_id: self.text('transit_gateway_id'),
    resource_id: self.text('dx_gateway_id'),
  });
  if (!found) return [{ summary: 'no matching EC2 Transit Gateway Attachment found' }];
  return {
    id: found.id,
    arn: arn(context, 'ec2', `transit-gateway-attachment/${found.id}`),
    transit_gateway_id: self.text('transit_gateway_id'),
    dx_gateway_id: self.text('dx_gateway_id'),
  };
};
