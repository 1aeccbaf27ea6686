import type { Report } from '../report';
import { visible } from '../values/foreign';

/**
 * A report for people. Names in a foreign plan, and everything in a report that somebody else made, may hold characters that steer
 * a terminal or turn the direction of what follows: each is named in its place.
 */
export const shown = (report: Report): Report => mapTexts(report) as Report;

function mapTexts(value: unknown): unknown {
  if (typeof value === 'string') return visible(value);
  if (Array.isArray(value)) return value.map(mapTexts);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [visible(key), mapTexts(inner)]));
}
