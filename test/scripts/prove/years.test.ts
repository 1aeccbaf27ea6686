import { destroyedEarly, halvesTogether } from '../../../scripts/prove/halves';
import type { Happening } from '../../../scripts/prove/order';
import { objections, years } from '../../../scripts/prove/years';

const happening = (kind: Happening['kind'], stack: string, name = 'one'): Happening => ({
  kind,
  stack,
  type: 'machine',
  name,
});

describe('the halves of a system', () => {
  it('are changed standby first, and taken down backwards when everything new stands', () => {
    const right = [
      happening('destroy', 'bay-live-b'),
      happening('create', 'bay-live-b'),
      happening('create', 'bay-live-a'),
      happening('destroy', 'bay-live-a', 'old'),
      happening('destroy', 'bay-live-b', 'old'),
    ];
    expect(halvesTogether(right)).toEqual([]);
  });

  it('are objected to when both are at work, also where things only go away', () => {
    expect(halvesTogether([happening('create', 'bay-live-a'), happening('create', 'bay-live-b')])).toEqual([
      'create of machine one in bay-live-b after half a was begun',
    ]);
    const mixed = [
      happening('destroy', 'bay-live-a', 'one'),
      happening('destroy', 'bay-live-b', 'one'),
      happening('destroy', 'bay-live-a', 'two'),
    ];
    expect(halvesTogether(mixed)).toEqual(['destroy of machine two in bay-live-a after half b was taken down']);
  });

  it('of different systems may be at work at once', () => {
    expect(halvesTogether([happening('create', 'bay-live-a'), happening('create', 'sea-live-b')])).toEqual([]);
  });
});

describe('what goes away', () => {
  it('goes when everything new stands, but for stacks that make something anew', () => {
    const early = [happening('destroy', 'bay-live-a', 'old'), happening('create', 'sea-live-a')];
    expect(destroyedEarly(early, [])).toEqual(['destroy of machine old in bay-live-a before everything new stood']);
    expect(destroyedEarly(early, ['bay-live-a'])).toEqual([]);
    expect(destroyedEarly([...early].reverse(), [])).toEqual([]);
  });
});

describe('a year', () => {
  const moved = years.find(({ name }) => name === 'a shard is moved')!;
  const stack = (id: string, changes: object) => ({
    stack: id,
    ok: true,
    changed: true,
    summary: '',
    changes: { create: [], update: [], replace: [], destroy: [], ...changes },
    replaced: false,
    pendingDestroy: 0,
    startedAt: '2026-01-02T03:04:05Z',
    seconds: 1,
  });

  it('in which a move makes every origin anew is objected to', () => {
    const stacks = [
      stack('cage-live-a', {
        destroy: ['maas_instance.machines-live-origin-s4-a'],
        replace: ['maas_instance.machines-live-origin-s1-a'],
      }),
    ];
    const report = { topology: 'reference', stacks, blocked: [], orphans: [], addresses: [], seconds: 1 };
    const found = objections(moved, report, []);
    expect(found).toContain(
      'a shard is moved: cage-live-a replace maas_instance.machines-live-origin-s1-a is too much',
    );
    expect(found).toContain('a shard is moved: cage-live-b was not touched');
    expect(found.some((text) => text.includes('origin-s4-a is too much'))).toBe(false);
  });
});
