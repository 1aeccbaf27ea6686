import type { Complaint } from './subject';
import type { MeasuredRule } from './types';

type Draft = { -readonly [K in keyof MeasuredRule]: MeasuredRule[K] };
type Reading = (rule: Draft, match: RegExpMatchArray) => void;

const lengths: Reading = (rule, [, low, high]) => {
  rule.min_length = Number(low);
  rule.max_length = Number(high);
};
const longest: Reading = (rule, [, high]) => (rule.max_length = Number(high));
const shortest: Reading = (rule, [, low]) => (rule.min_length = Math.max(Number(low), rule.min_length ?? 0));
const range: Reading = (rule, [, low, high]) => {
  rule.ranges = [...(rule.ranges ?? []), [Number(low), Number(high)]];
};
const lowest: Reading = (rule, [, low]) => (rule.min = Number(low));
const highest: Reading = (rule, [, high]) => (rule.max = Number(high));
const pattern: Reading = (rule, [, text = '']) => (rule.pattern = text.replace(/^"|"$/g, ''));
const oneOf: Reading = (rule, [, list = '']) => {
  rule.one_of = [...new Set([...(rule.one_of ?? []), ...valuesIn(list)])];
};
const format =
  (name: string): Reading =>
  (rule) =>
    (rule.format = name);

/** The pattern of a text that lacks some characters: `^[^"]*$`. One that is not ASCII stands for all of them. */
function without(pattern: string | undefined, char: string): string {
  const others = /^\^\[\^(.*)\]\*\$$/s.exec(pattern ?? '')?.[1] ?? '';
  return `^[^${others}${char > '\u007f' ? '\\u0080-\\uffff' : char}]*$`;
}

/**
 * How validators word their refusals, the first that fits wins: those of terraform-plugin-sdk's `helper/validation`,
 * of terraform-plugin-framework-validators, and what the providers themselves add in the same manner.
 */
const readings: readonly (readonly [RegExp, Reading])[] = [
  [/(?:to|must) be one of:? (?:the following:? )?\[?(.*?)\]?(?:, got.*)?$/s, oneOf],
  [/requires (\d+) item minimum|at least (\d+) elements/s, (rule, [, a, b]) => (rule.min_items = Number(a ?? b))],
  [/supports (\d+) item maximum|at most (\d+) elements/s, (rule, [, a, b]) => (rule.max_items = Number(a ?? b))],
  [/unauthorized character: '(.)'/s, (rule, [, char = '']) => (rule.pattern = without(rule.pattern, char))],
  [/length .*in the range \((\d+) - (\d+)\)/s, lengths],
  [/between (\d+) and (\d+) characters/s, lengths],
  [/string length must be between (\d+) and (\d+)/s, lengths],
  [/in the range \((-?[\d.]+) - (-?[\d.]+)\)/s, range],
  [/value must be between (-?[\d.]+) and (-?[\d.]+)/s, range],
  [
    /at least \((-?[\d.]+)\)|value must be at least (-?[\d.]+)/s,
    (rule, [all, a, b]) => lowest(rule, [all, a ?? b ?? '']),
  ],
  [
    /at most \((-?[\d.]+)\)|value must be at most (-?[\d.]+)/s,
    (rule, [all, a, b]) => highest(rule, [all, a ?? b ?? '']),
  ],
  [/string length must be at most (\d+)/s, longest],
  [/(?:longer|greater) than (\d+) char/s, longest],
  [/string length must be at least (\d+)/s, shortest],
  [/cannot be (?:less|shorter) than (\d+) char/s, shortest],
  [/match (?:regexp?|the regular expression|pattern) ['"]?\/?(.*?)\/?['"]?(?:$|,? got)/s, pattern],
  [/(?:comply with|match) restrictions \(?"(.*?)"\)?/s, pattern],
  [/valid (?:IPv4 )?CIDR|CIDR block|valid network|to contain a valid (?:Value|CIDR)/i, format('cidr')],
  [/valid IPv4 address/, format('ipv4')],
  [/valid IPv6 address/, format('ipv6')],
  [/valid IP\b|to IP address/i, format('ip')],
  [/(?:invalid|valid) ARN/, format('arn')],
  [/base64/, format('base64')],
  [/ParseInt|as int/, format('integer')],
  [/ParseBool/, format('boolean')],
  [/RFC ?3339|valid date|parsing time/i, format('rfc3339')],
  [/IAM members must have/, format('iam_member')],
  [/duration/i, format('duration')],
  [/JSON|unmarshal policy/i, format('json')],
  [/must not be (?:an )?empty|cannot be (?:an )?empty|to not be an empty/i, (rule) => shortest(rule, ['', '1'])],
];

/** About other arguments, and read by `groupRules`. */
const aboutGroups = /conflicts with|(?:must|can) be specified/;

/** The rule that a provider's refusals amount to; `more` where one of them is worded in no known way. */
export function ruleFrom(messages: readonly string[]): MeasuredRule {
  const rule: Draft = {};
  for (const message of messages.filter((text) => !aboutGroups.test(text))) {
    const found = readings.find(([wording]) => wording.test(message));
    const match = found && message.match(found[0]);
    if (match) found[1](rule, match);
    else rule.more = true;
  }
  return tidy(rule);
}

function tidy(rule: Draft): MeasuredRule {
  // refusals of both kinds at once are alternatives (an address or one of some words), which a rule cannot say
  if (rule.one_of?.length && (rule.format ?? rule.pattern)) return { more: true };
  const { ranges, one_of: values, ...rest } = rule;
  const enumeration = values?.length ? { one_of: values } : {};
  const unique = [...new Map((ranges ?? []).map((one) => [one.join(), one])).values()].sort((a, b) => a[0] - b[0]);
  const [only] = unique;
  if (!only) return { ...rest, ...enumeration };
  return { ...rest, ...enumeration, ...(unique.length === 1 ? { min: only[0], max: only[1] } : { ranges: unique }) };
}

function valuesIn(list: string): string[] {
  const quoted = [...list.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, value = '']) => value);
  const values = quoted.length > 0 ? quoted : list.split(/[ ,]+/);
  return values.filter((value) => value !== '' && !value.includes('\u00a7'));
}

const group = /conflicts with (?<other>[\w.]+)|(?:only )?(?<some>one|all) of `(?<all>[^`]+)` (?:must|can) be specified/;

/** Exclusive and dependent arguments, by the path of the one that the provider complained of. */
export function groupRules(complaints: readonly Complaint[]): Map<string, MeasuredRule> {
  const rules = new Map<string, Draft>();
  for (const { path, text } of complaints) {
    const found = group.exec(text)?.groups;
    if (!found || !path) continue;
    const rule = rules.get(path) ?? {};
    rules.set(path, rule);
    const all = (found['all'] ?? '').split(',').map(withoutIndices).sort();
    if (found['other']) rule.conflicts_with = unite(rule.conflicts_with, withoutIndices(found['other']));
    else if (found['some'] === 'all') rule.required_with = all.filter((other) => other !== path);
    else if (text.includes('only one of')) rule.exactly_one_of = all;
    else rule.at_least_one_of ??= all;
  }
  for (const rule of rules.values()) if (rule.exactly_one_of) delete rule.at_least_one_of;
  return rules;
}

function unite(some: readonly string[] | undefined, one: string): string[] {
  return [...new Set([...(some ?? []), one])].sort();
}

function withoutIndices(path: string): string {
  return path.replace(/\.\d+(?=\.|$)/g, '');
}
