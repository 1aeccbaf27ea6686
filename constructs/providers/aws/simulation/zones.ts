import data from '../data/zones.json';

export interface SimulatedZone {
  readonly id: string;
  readonly name: string;
}

/** Zones of a region; none where the data do not know it. */
export function zonesOf(region: string): readonly SimulatedZone[] {
  const known: Readonly<Record<string, Readonly<Record<string, string>>>> = data.zones;
  return Object.entries(known[region] ?? {}).map(([id, letter]) => ({ id, name: `${region}${letter}` }));
}

/** A zone by its id or its name; every zone exists in a region that the data do not know. */
export function findZone(region: string, zone: string): SimulatedZone | undefined {
  const zones = zonesOf(region);
  if (zones.length > 0) return zones.find(({ id, name }) => id === zone || name === zone);
  const number = Number(/-az(\d)$/.exec(zone)?.[1] ?? 1);
  return zone ? { id: zone, name: `${region}${'abcdef'[number - 1] ?? 'a'}` } : undefined;
}
