import type { AttributeChange, ResourceChange, ResourcePlace, RiskClass } from '../report';

/** Words for people, the same in every rendering. */

/** Each class with a sign that is told apart without colour. */
export const riskWords: Readonly<Record<RiskClass, { readonly sign: string; readonly text: string }>> = {
  'data-loss': { sign: '‼', text: 'loss of state or data' },
  downtime: { sign: '✖', text: 'replaced or stopped with downtime' },
  destroyed: { sign: '−', text: 'destroyed' },
  'behind-sibling': { sign: '⇄', text: 'replaced behind a redundant sibling' },
  drained: { sign: '↻', text: 'drained' },
  'in-place': { sign: '~', text: 'in place' },
  created: { sign: '+', text: 'created' },
  imported: { sign: '⇥', text: 'imported' },
  forgotten: { sign: '⇤', text: 'removed from state only' },
  'no-effect': { sign: '=', text: 'no effect' },
};

/** `cage · live · origin s1 · half a`. */
export function placeText({ sites, system, role, shard, half, link, machine }: ResourcePlace): string {
  const what = [role, shard].filter(Boolean).join(' ');
  const where = half === undefined || half === 'all' ? '' : `half ${half}`;
  const connection = link === undefined ? '' : `link ${link}`;
  return [sites.join('–'), system, connection, role === 'link' ? '' : what, machine, where].filter(Boolean).join(' · ');
}

/** `instance_type: t3.small → t3.large`. */
export function attributeText({ path, change, before, after, unknown, files }: AttributeChange): string {
  if (change === 'order') return `${path}: another order`;
  if (change === 'sensitivity') return `${path}: ${after ?? 'is marked otherwise'}`;
  const to = unknown === undefined ? after : unknown;
  if (files && files.length > 0 && before === undefined && to === undefined)
    return `${path}: ${files.length === 1 ? '1 file differs' : `${files.length} files differ`}`;
  if (change === 'added' && before === undefined) return `${path}: + ${to ?? ''}`;
  if (change === 'removed' && to === undefined) return `${path}: − ${before ?? ''}`;
  return `${path}: ${before ?? 'nothing'} → ${to ?? 'nothing'}`;
}

/** What forces a replacement, with its old and new value. */
export const forcing = ({ attributes }: ResourceChange): readonly AttributeChange[] =>
  attributes.filter(({ forces }) => forces);

export const verdictText = { decide: 'Somebody has to decide', fine: 'Nothing needs a decision' } as const;

export const capital = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
