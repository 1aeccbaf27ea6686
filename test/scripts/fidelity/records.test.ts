import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { shortcomings } from '../../../scripts/fidelity/bounds';
import { measurable } from '../../../scripts/fidelity/measure';
import { mergeRecords, readRecords, type Recorded } from '../../../scripts/fidelity/records';
import { renderFidelity } from '../../../scripts/fidelity/report';

const root = join(__dirname, '..', '..', '..');
const recorded = (date: string): Recorded => {
  const [first] = Object.values(readRecords(root));
  return { ...(first as Recorded), date };
};

describe('the page of figures', () => {
  it('shows what stands beside it', () => {
    expect(readFileSync(join(root, 'docs', 'fidelity.md'), 'utf8')).toBe(renderFidelity(readRecords(root)));
  });

  it('has every provider in the version of the facts, each within the bounds', () => {
    const records = readRecords(root);
    expect(Object.keys(records)).toEqual(measurable(root));
    expect(Object.values(records).flatMap(shortcomings)).toEqual([]);
  });

  it('keeps who was not measured this time, and loses who is not used any more', () => {
    const [old, fresh] = [recorded('2026-01-01'), recorded('2026-02-02')];
    const merged = mergeRecords({ 'a@1.0.0': old, 'b@1.0.0': old, 'c@1.0.0': old }, { 'b@1.0.0': fresh }, [
      'a@1.0.0',
      'b@1.0.0',
    ]);
    expect(Object.entries(merged).map(([title, { date }]) => `${title} ${date}`)).toEqual([
      'a@1.0.0 2026-01-01',
      'b@1.0.0 2026-02-02',
    ]);
  });
});
