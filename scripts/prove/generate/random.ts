/** Numbers that look random and are the same for a seed on every machine: mulberry32, by Tommy Ettinger (public domain). */
export interface Random {
  /** A whole number from `low` to `high`, both included. */
  int(low: number, high: number): number;
  /** True in `percent` of 100 cases. */
  chance(percent: number): boolean;
  pick<T>(values: readonly T[]): T;
  shuffle<T>(values: readonly T[]): T[];
}

export function randomOf(seed: number): Random {
  const next = mulberry(seed);
  const int: Random['int'] = (low, high) => low + Math.floor(next() * (high - low + 1));
  const shuffle = <T>(values: readonly T[]): T[] =>
    values
      .map((value) => ({ value, place: next() }))
      .sort((one, other) => one.place - other.place)
      .map(({ value }) => value);
  return {
    int,
    shuffle,
    chance: (percent) => next() * 100 < percent,
    pick: (values) => {
      const value = values[int(0, values.length - 1)];
      if (value === undefined) throw new Error('nothing to pick from');
      return value;
    },
  };
}

/** Seeds that follow each other are spread over the whole range first, so that their numbers do not resemble each other. */
function mulberry(seed: number): () => number {
  let state = (seed * 0x9e3779b1) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
