import { Document, fieldOf, type Fields, isFields, isList, isNothing, type Node } from './node';

/** Attributes that tell elements of a list apart, the better ones first. */
const identities = [
  'name', 'key', 'id', 'uuid', 'Sid', 'sid', 'rule_name', 'device_name', 'device_index', 'slot', 'hostname', 'host', 'fqdn', 'domain',
  'network', 'subnetwork', 'subnet_id', 'zone', 'availability_zone', 'path', 'destination', 'cidr_block', 'cidr', 'cidr_ip', 'ip_address',
  'ip', 'address', 'prefix', 'priority', 'rule_number', 'port', 'from_port', 'index', 'variable', 'metric', 'principal', 'role', 'type',
]; // prettier-ignore

/** What an element is called; hidden and unknown values call nothing. */
export function identityAt(node: Node, attribute: string): string | undefined {
  if (!isFields(node)) return undefined;
  const value = fieldOf(node, attribute);
  return (typeof value === 'string' && value !== '') || typeof value === 'number' ? String(value) : undefined;
}

/** The attribute by which all elements of both lists can be told apart. */
export function identityOf(before: readonly Node[], after: readonly Node[]): string | undefined {
  return identities.find((attribute) => isUnique(before, attribute) && isUnique(after, attribute));
}

function isUnique(list: readonly Node[], attribute: string): boolean {
  const names = list.map((node) => identityAt(node, attribute));
  return names.every((name) => name !== undefined) && new Set(names).size === names.length;
}

/** What an element of a list is, in a few words: `443 from 0.0.0.0/0` for rules, else its name. */
export function wordsFor(node: Node, list: string): string | undefined {
  const fields = node instanceof Document ? node.value : node;
  if (!isFields(fields)) return undefined;
  return ruleWords(fields, list) ?? identities.map((attribute) => identityAt(fields, attribute)).find((name) => name);
}

function ruleWords(fields: Fields, list: string): string | undefined {
  const ports = portWords(fields);
  const peers = [
    'cidr_blocks',
    'ipv6_cidr_blocks',
    'source_ranges',
    'cidr_ipv4',
    'cidr_ipv6',
    'cidr_list',
    'security_groups',
  ];
  const found = peers.flatMap((name) => scalars(fieldOf(fields, name)));
  if (ports === undefined || found.length === 0) return undefined;
  const more = found.length > 2 ? ` and ${found.length - 2} more` : '';
  const direction = /egress|outbound/.test(list) ? 'to' : 'from';
  return `${ports} ${direction} ${found.slice(0, 2).join(', ')}${more}`;
}

function portWords(fields: Fields): string | undefined {
  const protocol = String(scalars(fieldOf(fields, 'protocol'))[0] ?? '');
  const [from] = scalars(fieldOf(fields, 'from_port'));
  const [to] = scalars(fieldOf(fields, 'to_port'));
  const ports = scalars(fieldOf(fields, 'port')).concat(scalars(fieldOf(fields, 'ports')));
  if (protocol === '-1' || protocol === 'all') return 'everything';
  if (from === undefined && ports.length === 0) return undefined;
  const range =
    from === undefined ? ports.slice(0, 4).join(', ') : from === to || to === undefined ? `${from}` : `${from}-${to}`;
  return protocol === '' || protocol === 'tcp' ? range : `${protocol} ${range}`;
}

function scalars(node: Node | undefined): (string | number)[] {
  const list = isList(node) ? node : [node];
  return list.filter((item): item is string | number => !isNothing(item) && ['string', 'number'].includes(typeof item));
}

/** The part of the fields of two objects that is equal, 0 to 1. @param equal says whether two values are */
export function overlap(
  one: Node,
  other: Node,
  equal: (one: Node | undefined, other: Node | undefined) => boolean,
): number {
  if (!isFields(one) || !isFields(other)) return 0;
  const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  const used = keys.filter((key) => !isNothing(fieldOf(one, key)) || !isNothing(fieldOf(other, key)));
  if (used.length === 0) return 1;
  return used.filter((key) => equal(fieldOf(one, key), fieldOf(other, key))).length / used.length;
}
