import { stableHash } from './hash';

export interface NameRule {
  /** Characters at most. */
  readonly maxLength: number;
  /** @default "-" */
  readonly separator?: string;
}

const hashLength = 6;

/**
 * One name from its parts, within a provider's limit. A name that is too long is cut and ends in a hash of the whole, so
 * that two long names that begin alike stay two and the same parts always give the same name.
 */
export function boundedName(parts: readonly string[], rule: NameRule): string {
  const separator = rule.separator ?? '-';
  const whole = parts.map(cleanPart).filter(Boolean).join(separator);
  if (whole.length <= rule.maxLength) return whole;
  const head = whole.slice(0, rule.maxLength - hashLength - 1).replace(/[-_]+$/, '');
  return `${head}${separator}${stableHash(whole, hashLength)}`;
}

/** Lower-case letters, digits and hyphens: what every provider takes. */
function cleanPart(part: string): string {
  return part
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
}
