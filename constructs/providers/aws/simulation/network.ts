import type { SimulatedError, SimulatedFunction, SimulatedResource } from '../../../contract/simulation';
import { contains, isCidr, overlaps, parseCidr } from '../../../util/cidr';
import { apiError, deleteError } from './errors';
import {
  arn,
  attribute,
  ec2Arn,
  ec2Id,
  fixed,
  hostName,
  made,
  owner,
  ownId,
  publicAddress,
  regionOf,
  subnetRange,
} from './identifiers';
import { findZone, zonesOf } from './zones';
import { natGatewayErrors } from './validation';

const vpc: SimulatedResource = {
  id: ec2Id('vpc'),
  computed: {
    arn: ec2Arn('vpc'),
    default_network_acl_id: made('acl'),
    default_route_table_id: made('rtb'),
    main_route_table_id: made('rtb'),
    default_security_group_id: made('sg'),
    dhcp_options_id: (_self, context) => `dopt-${context.number(0xffffffff, regionOf(context)).toString(16)}`,
    enable_network_address_usage_metrics: fixed(false),
    owner_id: owner,
  },
  check: (self, context) => {
    const { prefix } = parseCidr(self.text('cidr_block'));
    if (prefix >= 16 && prefix <= 28) return [];
    return [apiError(self, context, 'InvalidVpc.Range', `The CIDR '${self.text('cidr_block')}' is invalid.`)];
  },
  seconds: { create: 12, delete: 1 },
};

const subnet: SimulatedResource = {
  id: ec2Id('subnet'),
  computed: {
    arn: ec2Arn('subnet'),
    availability_zone: (self, context) => findZone(regionOf(context), self.text('availability_zone_id'))?.name ?? '',
    availability_zone_id: (self, context) => findZone(regionOf(context), self.text('availability_zone'))?.id ?? '',
    owner_id: owner,
    private_dns_hostname_type_on_launch: fixed('ip-name'),
  },
  references: { vpc_id: { to: 'aws_vpc' } },
  check: (self, context) => subnetErrors(self, context),
  seconds: { create: 1, delete: 1 },
};

const subnetErrors: SimulatedFunction<readonly SimulatedError[]> = (self, context) => {
  const cidr = self.text('cidr_block');
  const siblings = context.list('aws_subnet', { vpc_id: self.text('vpc_id') }).filter(({ id }) => id !== self.id);
  const clash = siblings.some((other) => overlaps(other.text('cidr_block'), cidr));
  const network = attribute(context.find('aws_vpc', self.text('vpc_id')), 'cidr_block');
  const zone = self.text('availability_zone_id');
  const region = regionOf(context);
  return [
    ...(isCidr(network) && !contains(network, cidr)
      ? [apiError(self, context, 'InvalidSubnet.Range', `The CIDR '${cidr}' is invalid.`)]
      : []),
    ...(clash
      ? [apiError(self, context, 'InvalidSubnet.Conflict', `The CIDR '${cidr}' conflicts with another subnet`)]
      : []),
    ...(zone && !findZone(region, zone)
      ? [apiError(self, context, 'InvalidParameterValue', zoneText(region, zone))]
      : []),
  ];
};

function zoneText(region: string, zone: string): string {
  const known = zonesOf(region)
    .map(({ id }) => id)
    .join(', ');
  return `Value (${zone}) for parameter availabilityZoneId is invalid. Subnets can currently only be created in the following availability zones: ${known}.`;
}

const reservation: SimulatedResource = {
  id: ec2Id('scr'),
  computed: { owner_id: owner },
  references: { subnet_id: { to: 'aws_subnet', holds: false } },
  check: (self, context) => {
    const range = attribute(context.find('aws_subnet', self.text('subnet_id')), 'cidr_block');
    const cidr = self.text('cidr_block');
    if (!isCidr(range) || contains(range, cidr)) return [];
    const message = `The CIDR '${cidr}' is not within the CIDR range of the subnet '${self.text('subnet_id')}'.`;
    return [apiError(self, context, 'InvalidSubnetCidrReservation.Range', message)];
  },
};

const internetGateway: SimulatedResource = {
  id: ec2Id('igw'),
  computed: { arn: ec2Arn('internet-gateway'), owner_id: owner },
  references: { vpc_id: { to: 'aws_vpc' } },
  unique: [
    {
      attributes: ['vpc_id'],
      taken: ({ self, context, value, other }) =>
        apiError(
          self,
          context,
          'Resource.AlreadyAssociated',
          `resource ${other?.id ?? ''} is already attached to network ${value}`,
        ),
    },
  ],
};

const natGateway: SimulatedResource = {
  validate: natGatewayErrors,
  id: ec2Id('nat'),
  computed: {
    association_id: made('eipassoc'),
    network_interface_id: made('eni'),
    public_ip: (self, context) => attribute(context.find('aws_eip', self.text('allocation_id')), 'public_ip'),
    secondary_private_ip_address_count: fixed(0),
  },
  references: { subnet_id: { to: 'aws_subnet' }, allocation_id: { to: 'aws_eip', inUse: addressInUse() } },
  addresses: [
    {
      attribute: 'private_ip',
      range: (block, _self, context) => subnetRange(context, block['subnet_id']),
      allocate: true,
    },
  ],
  unique: [{ attributes: ['allocation_id'], namespace: 'address use', taken: addressTaken() }],
  seconds: { create: 110, delete: 60 },
};

export function addressTaken(): NonNullable<SimulatedResource['unique']>[number]['taken'] {
  return ({ self, context, value }) =>
    apiError(self, context, 'Resource.AlreadyAssociated', `Elastic IP address [${value}] is already associated`);
}

export function addressInUse(): NonNullable<NonNullable<SimulatedResource['references']>[string]['inUse']> {
  return ({ self, context }) =>
    deleteError(self, context, 'InvalidIPAddress.InUse', `Address ${self.text('public_ip')} is in use.`);
}

const address: SimulatedResource = {
  id: ec2Id('eipalloc'),
  computed: {
    allocation_id: ownId,
    public_ip: (_self, context) => publicAddress(context, 'address'),
    arn: (self, context) => arn(context, 'ec2', `elastic-ip/${self.id}`),
    public_dns: (self, context) => hostName(context, self.text('public_ip')),
    network_border_group: (_self, context) => regionOf(context),
    public_ipv4_pool: fixed('amazon'),
  },
  seconds: { create: 1, delete: 1 },
};

const routeTable: SimulatedResource = {
  id: ec2Id('rtb'),
  computed: { arn: ec2Arn('route-table'), owner_id: owner },
  references: { vpc_id: { to: 'aws_vpc' } },
};

const route: SimulatedResource = {
  id: (self, context) => `r-${self.text('route_table_id')}${1_000_000_000 + context.number(3_000_000_000, 'route')}`,
  computed: { origin: fixed('CreateRoute'), state: fixed('active') },
  references: {
    route_table_id: { to: 'aws_route_table', holds: false },
    gateway_id: { to: 'aws_internet_gateway' },
    nat_gateway_id: { to: 'aws_nat_gateway' },
    transit_gateway_id: { to: 'aws_ec2_transit_gateway' },
  },
  unique: [
    {
      attributes: ['route_table_id', 'destination_cidr_block'],
      taken: ({ self, context }) => ({
        ...apiError(
          self,
          context,
          'RouteAlreadyExists',
          `The route identified by ${self.text('destination_cidr_block')} already exists.`,
        ),
        attribute: 'destination_cidr_block',
      }),
    },
  ],
  check: (self, context) => {
    const gateway = self.text('transit_gateway_id');
    const network = attribute(context.find('aws_route_table', self.text('route_table_id')), 'vpc_id');
    const attachments = context.list('aws_ec2_transit_gateway_vpc_attachment', { vpc_id: network });
    if (!gateway || attachments.some((each) => each.text('transit_gateway_id') === gateway)) return [];
    return [
      apiError(self, context, 'InvalidTransitGatewayID.NotFound', `The transitGateway ID '${gateway}' does not exist.`),
    ];
  },
};

const association: SimulatedResource = {
  id: ec2Id('rtbassoc'),
  references: {
    subnet_id: { to: 'aws_subnet', holds: false },
    route_table_id: { to: 'aws_route_table' },
  },
  unique: [
    {
      attributes: ['subnet_id'],
      taken: ({ self, context, other }) =>
        apiError(
          self,
          context,
          'Resource.AlreadyAssociated',
          `the specified association for route table ${self.text('route_table_id')} conflicts with an existing association${other ? ` (${other.id})` : ''}`,
        ),
    },
  ],
};

export const networkTypes: Readonly<Record<string, SimulatedResource>> = {
  aws_vpc: vpc,
  aws_subnet: subnet,
  aws_ec2_subnet_cidr_reservation: reservation,
  aws_internet_gateway: internetGateway,
  aws_nat_gateway: natGateway,
  aws_eip: address,
  aws_route_table: routeTable,
  aws_route: route,
  aws_route_table_association: association,
};
