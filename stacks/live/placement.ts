/** The permanent number in a shard's name: 7 of `s7`. It is the shard's slot in the address plan. */
export function shardNumber(shard: string): number {
  return Number(shard.slice(1));
}
