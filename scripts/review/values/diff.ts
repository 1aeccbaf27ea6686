import type { AttributeChange } from '../report';
import { buildNode } from './build';
import { secretTexts } from './collect';
import { alsoKnown, type Known, knownSecrets } from './hide';
import type { References } from './references';
import { field, isRecord, type JsonRecord, jsonText, tooDeep } from './json';
import { markForcing, pathsIn } from './replacement';
import { sensitivityChanges } from './sensitivity';
import { changesBetween } from './walk';

/** Changes of one resource that are told apart; the rest is counted. */
const changeLimit = 100;

/** One change of a plan: fields of `resource_changes[].change` of `terraform show -json`, foreign data all of it. */
export interface ValueChange {
  readonly type: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly afterUnknown?: unknown;
  readonly beforeSensitive?: unknown;
  readonly afterSensitive?: unknown;
  readonly replacePaths?: unknown;
  /** See `referencesOf`; without it, everything unknown counts as configured. */
  readonly references?: References | undefined;
  /** Secrets known from other places of the plan, to be hidden here as well; see `secretsOf`. */
  readonly secrets?: readonly string[];
}

const none: readonly string[] = [];
/** What is known from elsewhere, made ready once for all changes of a plan. */
const knownBefore = new WeakMap<readonly string[], { readonly texts: ReadonlySet<string>; readonly known: Known }>();

function knownFor(change: ValueChange): Known {
  const { secrets = none } = change;
  const before = knownBefore.get(secrets) ?? { texts: new Set(secrets), known: knownSecrets(secrets) };
  knownBefore.set(secrets, before);
  return alsoKnown(before.known, knownSecrets(secretsOf(change).filter((text) => !before.texts.has(text))));
}

/** What differs, by meaning and without secrets; what forces a replacement comes first. Never throws. */
export function attributeChanges(change: ValueChange): AttributeChange[] {
  const known = knownFor(change);
  const paths = pathsIn(change.replacePaths);
  const [former, later] = withoutEqual(change, new Set(paths.map(([first]) => String(first))));
  const marks = [change.beforeSensitive, change.afterSensitive];
  const place = { marks, path: [], standing: { name: '', type: change.type } };
  const before = buildNode({ ...place, value: former, unknown: undefined }, { known });
  const unknown = change.afterUnknown;
  const after = buildNode({ ...place, value: later, unknown }, { known, references: change.references });
  const at = { path: '', former: [], later: [], known };
  const drafts = markForcing(changesBetween(before ?? {}, after ?? {}, at), paths, before, after, at);
  return limited([...drafts.map(({ change: one }) => one), ...sensitivities(change, known)].sort(byWeight));
}

/** Both sides without the attributes that stay, which are most of them. @param kept attributes that are looked at anyway */
function withoutEqual({ before, after, afterUnknown }: ValueChange, kept: ReadonlySet<string>): [unknown, unknown] {
  if (!isRecord(before) || !isRecord(after)) return [before, after];
  const unknown = isRecord(afterUnknown) ? afterUnknown : {};
  const stays = (key: string): boolean => {
    const text = jsonText(field(before, key));
    return !kept.has(key) && text !== tooDeep && text === jsonText(field(after, key)) && !hasTrue(field(unknown, key));
  };
  const without = (record: JsonRecord): JsonRecord =>
    Object.fromEntries(Object.entries(record).filter(([key]) => !stays(key)));
  return [without(before), without(after)];
}

const hasTrue = (value: unknown): boolean => value === true || (typeof value === 'object' && value !== null);

/** Texts in both sides of a change that are secret by mark or by name: `secrets` for other changes and for messages. */
export function secretsOf(change: Omit<ValueChange, 'secrets'>): string[] {
  const standing = { name: '', type: change.type };
  const marks = [change.beforeSensitive, change.afterSensitive];
  return [...new Set([change.before, change.after].flatMap((value) => secretTexts(value, marks, standing)))];
}

function sensitivities(
  { before, after, beforeSensitive, afterSensitive }: ValueChange,
  known: Known,
): AttributeChange[] {
  return sensitivityChanges({ value: before, mark: beforeSensitive }, { value: after, mark: afterSensitive }, known);
}

function byWeight(one: AttributeChange, other: AttributeChange): number {
  if (one.forces !== other.forces) return one.forces ? -1 : 1;
  return one.path < other.path ? -1 : one.path > other.path ? 1 : 0;
}

function limited(changes: readonly AttributeChange[]): AttributeChange[] {
  const rest = changes.length - changeLimit;
  if (rest <= 0) return [...changes];
  return [...changes.slice(0, changeLimit), { path: '…', change: 'changed', after: `${rest} more changes` }];
}
