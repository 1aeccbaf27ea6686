import type { Random } from './random';

/** The shortest and the longest that the schema takes, digits, names that begin alike, words of the trade. */
const siteNames = [
  ...['a', 'b', 'z9', 'x1', 'cage', 'idcf', 'gcp', 'aws', 'dev', 'tokyo', 'osaka2', 's1', 'link', 'dns', 'network'],
  ...['siteoftwelve', 'siteoftwelv2', 'siteoftwelv3', 'x00000000000', 'x00000000001', 'abcdefghijkl', 'y2345678901z'],
];
const systemNames = [
  ...['live', 'a', 'l9', 'live-dev', 'game-1', 'a-system-of-16-x', 'a-system-of-16-y', 'x234567890123456', 'origin'],
];
const labels = [
  'Tokyo',
  '東京の檻',
  'A "quoted" ${label}',
  'x',
  'a label that goes on for quite some time, as people write them',
];

export const pickSiteNames = (random: Random, count: number): string[] => random.shuffle(siteNames).slice(0, count);
export const pickSystemNames = (random: Random, count: number): string[] => random.shuffle(systemNames).slice(0, count);
export const pickLabel = (random: Random): string => random.pick(labels);

/** Different for each seed, so that all can stand in one home; from 2 to 20 characters. */
export function platformName(random: Random, seed: number): string {
  const short = `g${seed}`;
  return random.chance(70)
    ? short
    : `${short}-${'platform-of-twenty-x'.slice(0, 19 - short.length)}`.replace(/-+$/, '');
}
