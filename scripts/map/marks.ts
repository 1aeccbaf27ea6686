/** What becomes of a thing in a change. */
export type Mark = 'added' | 'changed' | 'replaced' | 'removed';

/** Worst last. */
export const markOrder: readonly Mark[] = ['added', 'changed', 'replaced', 'removed'];

/** Told apart without colour: by sign here, by the kind of frame and by struck text in the style. */
export const signs: Readonly<Record<Mark, string>> = { added: '+', changed: '~', replaced: '±', removed: '−' };

export interface MarkDetail {
  readonly mark: Mark;
  /** Short, one each: `machine type: n2-standard-4 → n2-standard-8`. */
  readonly reasons: readonly string[];
}

export type Marked = Readonly<Record<string, MarkDetail>>;

/** Marks by what they are on; the keys are those of `keys`. A key that the drawing has no place for is left out. */
export interface ChangeMarks {
  readonly sites: Marked;
  /** A system at a site. */
  readonly systems: Marked;
  readonly machines: Marked;
  readonly devices: Marked;
  readonly balancers: Marked;
  readonly links: Marked;
  /** `<link>/primary` or `<link>/backup`. */
  readonly paths: Marked;
  /** Names that publishers, edges and viewers resolve. */
  readonly names: Marked;
  /** Drawn where nothing else of the stack is marked. */
  readonly stacks: Marked;
}

export const noMarks: ChangeMarks = {
  ...{ sites: {}, systems: {}, machines: {}, devices: {}, balancers: {} },
  ...{ links: {}, paths: {}, names: {}, stacks: {} },
};

/** How things are named in marks and in the drawing. */
export const keys = {
  site: ({ id }: { readonly id: string }) => id,
  system: ({ site, system }: { readonly site: string; readonly system: string }) => `${site}/${system}`,
  machine: ({ site, name }: { readonly site: string; readonly name: string }) => `${site}/${name}`,
  device: ({ site, id }: { readonly site: string; readonly id: string }) => `${site}/${id}`,
  balancer: ({ site, system, role }: { readonly site: string; readonly system: string; readonly role: string }) =>
    `${site}/${system}/${role}`,
  link: ({ id }: { readonly id: string }) => id,
  path: (link: string, path: string) => `${link}/${path}`,
  name: ({ name }: { readonly name: string }) => name,
  stack: ({ id }: { readonly id: string }) => id,
};

export type MarkCounts = Partial<Record<Mark, number>>;

export function countMarks(marks: readonly (Mark | undefined)[]): MarkCounts {
  const counts: MarkCounts = {};
  for (const mark of marks) if (mark) counts[mark] = (counts[mark] ?? 0) + 1;
  return counts;
}

/** `+2 ~1`. */
export function describeCounts(counts: MarkCounts): string {
  return markOrder.flatMap((mark) => (counts[mark] ? [`${signs[mark]}${counts[mark]}`] : [])).join(' ');
}
