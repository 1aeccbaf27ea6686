import type {
  SimulatedComputation,
  SimulatedFunction,
  SimulatedObject,
  SimulatedValue,
  SimulationContext,
} from '../../../contract/simulation';
import { partitionOf } from '../identity';

/** The account of credentials that belong to nobody. */
export const someAccount = '123456789012';

export const accountOf = (context: SimulationContext): string => context.scope['account'] ?? '';
export const regionOf = (context: SimulationContext): string => context.scope['region'] ?? '';

/** `vpc-` and 17 hexadecimal digits: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html */
export const ec2Id =
  (prefix: string): SimulatedFunction<string> =>
  (_self, context) =>
    `${prefix}-${context.hex(17, prefix)}`;

export function arn(context: SimulationContext, service: string, resource: string, isGlobal = false): string {
  const region = regionOf(context);
  const place = isGlobal ? `:${accountOf(context)}` : `${region}:${accountOf(context)}`;
  return `arn:${partitionOf(region)}:${service}:${place}:${resource}`;
}

export const ec2Arn =
  (kind: string): SimulatedComputation =>
  (self, context) =>
    arn(context, 'ec2', `${kind}/${self.id}`);

export const owner: SimulatedComputation = (_self, context) => accountOf(context);
export const ownId: SimulatedComputation = (self) => self.id;
export const fixed =
  (value: SimulatedValue): SimulatedComputation =>
  () =>
    value;
export const made =
  (prefix: string): SimulatedComputation =>
  (_self, context) =>
    `${prefix}-${context.hex(17, prefix)}`;

/** The provider's default tags with the object's own over them. */
export const tagsAll: SimulatedFunction<SimulatedValue> = (self, context) => {
  const own = self.value('tags');
  if (own === undefined) return undefined;
  const blocks = context.provider['default_tags'];
  const [first] = Array.isArray(blocks) ? (blocks as readonly SimulatedValue[]) : [];
  const defaults = isRecord(first) ? first['tags'] : undefined;
  return { ...(isRecord(defaults) ? defaults : {}), ...(isRecord(own) ? own : {}) };
};

export function isRecord(value: SimulatedValue): value is Readonly<Record<string, SimulatedValue>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An address of AWS's own, the same for the same object. */
export const publicAddress = (context: SimulationContext, salt: string): string =>
  context.address('public', '54.64.0.0/13', salt) ?? '';

export function hostName(context: SimulationContext, address: string): string {
  return `ec2-${address.replaceAll('.', '-')}.${regionOf(context)}.compute.amazonaws.com`;
}

/** The subnet's range, without the addresses that AWS keeps: four at the start, one at the end. */
export function subnetRange(context: SimulationContext, subnetId: SimulatedValue) {
  const subnet = context.find('aws_subnet', typeof subnetId === 'string' ? subnetId : '');
  if (!subnet) return undefined;
  return { space: subnet.text('vpc_id'), cidr: subnet.text('cidr_block'), first: 4, last: 1 };
}

export function attribute(object: SimulatedObject | undefined, name: string): string {
  return object?.text(name) ?? '';
}
