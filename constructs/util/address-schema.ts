import { Type } from '@sinclair/typebox';
import { Address4 } from 'ip-address';
import { formatCidr, isCidr, parseCidr } from './cidr';

/** A form of IPv4 addresses in a schema: what it is, and what a wrong one should be. */
export interface AddressForm {
  readonly accepts: (text: string) => boolean;
  readonly what: string;
  readonly bound: string;
  readonly fix: (text: string) => string;
}

const hasPrefix = (text: string): boolean => text.includes('/') && Address4.isValid(text);

/** By the name that the schema gives as `format`. Patterns beside it are for editors, which know no such names. */
export const addressForms: Readonly<Record<string, AddressForm>> = {
  ipv4: {
    accepts: (text) => !text.includes('/') && Address4.isValid(text),
    what: 'an IPv4 address',
    bound: 'four numbers from 0 to 255',
    fix: () => 'Write it as 192.0.2.10.',
  },
  'ipv4-prefix': {
    accepts: isCidr,
    what: 'a network prefix',
    bound: 'IPv4 CIDR whose host bits are zero',
    fix: (text) => `Write it as ${hasPrefix(text) ? withoutHost(text) : '10.64.0.0/10'}.`,
  },
  'ipv4-interface': {
    accepts: hasPrefix,
    what: 'an address with a prefix length',
    bound: 'IPv4 address and the length of its subnet',
    fix: () => 'Write it as 169.254.60.1/29.',
  },
};

function withoutHost(text: string): string {
  const { first, prefix } = parseCidr(text);
  return formatCidr(first, prefix);
}

const address = '[0-9]{1,3}(\\.[0-9]{1,3}){3}';
const withLength = `^${address}/[0-9]{1,2}$`;

/** One address: `192.0.2.10`. */
export const Address = (description: string) => Type.String({ format: 'ipv4', pattern: `^${address}$`, description });

/** A network: `10.64.0.0/10`. */
export const Prefix = (description: string) => Type.String({ format: 'ipv4-prefix', pattern: withLength, description });

/** An address with the length of its subnet: `169.254.60.1/29`. */
export const InterfaceAddress = (description: string) =>
  Type.String({ format: 'ipv4-interface', pattern: withLength, description });
