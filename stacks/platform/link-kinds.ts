import type { LinkPathKind } from '../../constructs/contract/link';
import type { Place } from '../../constructs/contract/place';

/** Kinds of path that a site can have. */
export const kindsOf = ({ adapter: { facts } }: Place): LinkPathKind[] =>
  facts.hub.kind === 'none' ? [] : (Object.keys(facts.paths) as LinkPathKind[]);

/** Kinds of path that both ends have. Two ends that allocate their addresses with the connection cannot meet by VPN. */
export function kindsBetween(one: Place, other: Place): LinkPathKind[] {
  const allocating = [one, other].every(({ adapter }) => adapter.facts.vpn.outsideAddresses === 'connection');
  return kindsOf(one).filter((kind) => kindsOf(other).includes(kind) && !(kind === 'vpn' && allocating));
}

/** `vpn, circuit or segment`. */
export const either = (names: readonly string[]): string => names.join(', ').replace(/, ([^,]+)$/, ' or $1');
