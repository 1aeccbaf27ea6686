import { shortcomings } from '../../../scripts/fidelity/bounds';
import { agreementOf, type Disagreement, type Fidelity, refusalsFoundOf } from '../../../scripts/fidelity/compare';
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
    const text = renderFidelity({ 'a@1.0.0': acceptsEverything }, '2026-01-01', 'a command');
    expect(text).toContain('| a@1.0.0 | 1 | 10 | 0 | 1000 | 96.00 % | 40 | 0.00 % | 0 |');
  });
});
