import { errorAt, textOf, type Diagnostic } from './diagnostics';
import type { RuleFacts } from './facts';
import type { Place } from './rules';
import { canonical, hasUnknown, isFields, isList, type Fields } from './values';

/** Errors about how many items a list or a set has, and about nested blocks that say the same. */
export function itemErrors(rule: RuleFacts, place: Place, isLegacy: boolean): readonly Diagnostic[] {
  return isList(place.value) ? [...countErrors(rule, place, isLegacy), ...repeatErrors(rule, place)] : [];
}

/** Wording of the older SDK, and of terraform-plugin-framework-validators. */
function countErrors(
  { min_items = 0, max_items = Infinity }: RuleFacts,
  { path, value }: Place,
  isLegacy: boolean,
): Diagnostic[] {
  const count = isList(value) ? value.length : 0;
  if (count >= min_items && count <= max_items) return [];
  const few = count < min_items;
  const name = textOf(path);
  if (!isLegacy) {
    const bound = few ? `at least ${min_items}` : `at most ${max_items}`;
    const detail = `Attribute ${name} list must contain ${bound} elements, got: ${count}`;
    return [errorAt(path, 'Invalid Attribute Value', detail)];
  }
  const bound = few ? `requires ${min_items} item minimum` : `supports ${max_items} item maximum`;
  const declared = `but config has ${few ? 'only ' : ''}${count} declared.`;
  return [errorAt(path, `${few ? 'Not enough' : 'Too many'} list items`, `Attribute ${name} ${bound}, ${declared}`)];
}

/** Wording of jeremmfr/junos, the one provider here that looks for repeats. */
function repeatErrors({ distinct_by }: RuleFacts, { path, value }: Place): Diagnostic[] {
  if (!distinct_by || !isList(value)) return [];
  const blocks = value.filter((item): item is Fields => isFields(item) && !hasUnknown(item));
  const keys = blocks.map((block) => distinct_by.map((name) => canonical(block[name] ?? null)).join(' '));
  const repeated = keys.find((key, at) => keys.indexOf(key) !== at);
  const detail = `multiple ${String(path.at(-1))} blocks with the same ${distinct_by.join(', ')} ${repeated ?? ''}`;
  return repeated === undefined ? [] : [errorAt(path, 'Duplicate Configuration Error', detail)];
}
