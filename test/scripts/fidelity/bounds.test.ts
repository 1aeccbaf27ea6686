import { ofVerdicts as shortcomings, shortcomings as allShortcomings } from '../../../scripts/fidelity/bounds';
import { agreementOf, type Disagreement, type Fidelity, refusalsFoundOf } from '../../../scripts/fidelity/compare';
import type { Differences } from '../../../scripts/fidelity/differences';
import type { PlanFidelity } from '../../../scripts/fidelity/plans';
import { renderFidelity } from '../../../scripts/fidelity/report';

const one: Disagreement = { type: 'a_thing', path: 'port', mutation: 'dropped', real: 'refused', sandbox: 'accepted' };
const faithful: Fidelity = {
  types: 1,
  configurations: 10,
  byTerraform: 0,
  asked: 1000,
  agreed: 998,
  realRefused: 40,
  bothRefused: 38,
  disagreements: [one, one],
  unjudged: [],
};
const acceptsEverything: Fidelity = { ...faithful, agreed: 960, bothRefused: 0, disagreements: Array(40).fill(one) };

const replaced: Differences = {
  ...{ type: 'a_thing', path: '(replacement)', change: 'image changed: another value', real: 'image', sandbox: 'none' },
  ...{ reason: 'the provider replaces on a condition of its own', count: 1 },
};
const plans: PlanFidelity = {
  ...{ creates: 10, updates: 100, values: 1000, sameValues: 980, replacements: 20, sameReplacements: 20 },
  ...{ differences: [], unplanned: [] },
};

describe('figures of plans beside those of a provider', () => {
  it('are good where nearly all values and all replacements are the same', () => {
    expect(allShortcomings({ verdicts: faithful, plans })).toEqual([]);
  });

  it('are not where one replacement in many is another', () => {
    const wrong = { ...plans, sameReplacements: 19, differences: [replaced] };
    expect(allShortcomings({ verdicts: faithful, plans: wrong })).toEqual([
      expect.stringContaining('replacements: 95.00 %, at least 100.00 %: the first is {"type":"a_thing"'),
    ]);
  });

  it('are not where too many values are others, or nothing was planned at all', () => {
    expect(allShortcomings({ verdicts: faithful, plans: { ...plans, sameValues: 969 } })).toEqual([
      expect.stringContaining('planned values: 96.90 %, at least 97.00 %'),
    ]);
    expect(allShortcomings({ verdicts: faithful, plans: { ...plans, values: 0, sameValues: 0 } })).toHaveLength(1);
    expect(allShortcomings({ verdicts: faithful, plans: { ...plans, unplanned: ['a_thing: no API'] } })).toEqual([
      expect.stringContaining('unplanned: 1 of 10, at most 5.00 %'),
    ]);
  });
});

describe('figures of the sandbox beside a provider', () => {
  it('are good where it refuses what the provider refuses', () => {
    expect(shortcomings(faithful)).toEqual([]);
  });

  it('are not for a sandbox that accepts everything, though it agrees on 96 %', () => {
    expect(agreementOf(acceptsEverything)).toBe(0.96);
    expect(shortcomings(acceptsEverything)).toEqual([
      expect.stringContaining('refusals found: 0.00 %, at least 90.00 %: the first is {"type":"a_thing"'),
    ]);
  });

  it('are not where nothing was asked', () => {
    const nothing = { ...faithful, asked: 0, agreed: 0, realRefused: 0, bothRefused: 0, disagreements: [] };
    expect(agreementOf(nothing)).toBe(0);
    expect(refusalsFoundOf(nothing)).toBeUndefined();
    expect(shortcomings(nothing)).toEqual([expect.stringContaining('agreement: 0.00 %, at least 95.00 %')]);
  });

  it('are not where more than one configuration in twenty was left out', () => {
    expect(shortcomings({ ...faithful, unjudged: [one] })).toEqual([
      expect.stringContaining('unjudged: 1 of 10, at most 5.00 %: the first is {"type":"a_thing"'),
    ]);
  });

  it('say in the document what share of the refusals was found', () => {
    const text = renderFidelity({ 'a@1.0.0': { date: '2026-01-01', verdicts: acceptsEverything, plans } });
    expect(text).toContain('| a@1.0.0 | 1 | 10 | 0 | 1000 | 96.00 % | 40 | 0.00 % | 0 | 2026-01-01 |');
    expect(text).toContain('| a@1.0.0 | 10 | 100 | 1000 | 98.00 % | 20 | 20 | 0 | 2026-01-01 |');
  });
});
