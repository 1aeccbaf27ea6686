/** A network, and an address in it with the same length; /24 and /64 are in the bounds of most arguments. */
const networks = {
  ipv4: ['10.1.0.0/24', '10.1.0.1/24'],
  ipv6: ['2001:db8::/64', '2001:db8::1/64'],
} as const;

/** Which ranges an argument takes: of one family or both, with host bits or without. Undefined: none of those asked for. */
export async function networkFormat(accepts: (value: string) => Promise<boolean>): Promise<string | undefined> {
  const taken = { ipv4: await accepts(networks.ipv4[0]), ipv6: await accepts(networks.ipv6[0]) };
  if (!taken.ipv4 && !taken.ipv6) return undefined;
  const withHostBits = await accepts(taken.ipv4 ? networks.ipv4[1] : networks.ipv6[1]);
  const family = taken.ipv4 && taken.ipv6 ? '' : taken.ipv4 ? 'ipv4_' : 'ipv6_';
  return `${family}${withHostBits ? 'cidr' : 'network'}`;
}
