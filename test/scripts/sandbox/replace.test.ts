import type { TypeFacts } from '../../../scripts/sandbox/facts';
import { replacements } from '../../../scripts/sandbox/replace';
import { UNKNOWN, type Fields } from '../../../scripts/sandbox/values';

const text = { type: 'string', optional: true } as const;
const type = (...force_new: readonly string[]): TypeFacts => ({
  force_new,
  block: {
    attributes: { id: { ...text, computed: true }, name: text, zones: { type: ['set', 'string'], optional: true } },
    block_types: {
      disk: { nesting_mode: 'list', block: { attributes: { kind: text, size: text } } },
      port: { nesting_mode: 'set', block: { attributes: { number: text, note: text } } },
    },
  },
});
const paths = (facts: TypeFacts, prior: Fields, planned: Fields): readonly string[] =>
  replacements(facts, prior, planned).map((path) => path.join('.'));

describe('what replaces an object', () => {
  it('is an argument that changes and cannot be changed, also to a value that is not known yet', () => {
    expect(paths(type('name'), { name: 'a' }, { name: 'b' })).toEqual(['name']);
    expect(paths(type('name'), { name: 'a' }, { name: UNKNOWN })).toEqual(['name']);
    expect(paths(type('name'), { name: 'a' }, { name: 'a' })).toEqual([]);
  });

  it('is not a set in another order', () => {
    expect(paths(type('zones'), { zones: ['a', 'b'] }, { zones: ['b', 'a'] })).toEqual([]);
    expect(paths(type('zones'), { zones: ['a', 'b'] }, { zones: ['a'] })).toEqual(['zones']);
  });

  it('is found in nested blocks, at the block that changed', () => {
    const prior = {
      disk: [
        { kind: 'a', size: '1' },
        { kind: 'a', size: '1' },
      ],
    };
    expect(
      paths(type('disk.kind'), prior, {
        disk: [
          { kind: 'a', size: '2' },
          { kind: 'b', size: '1' },
        ],
      }),
    ).toEqual(['disk.1.kind']);
  });

  it('is a block more or less where the block itself or an argument in it cannot be changed', () => {
    const [one, two] = [{ disk: [{ kind: 'a' }] }, { disk: [{ kind: 'a' }, { kind: 'a' }] }];
    expect(paths(type('disk'), one, two)).toEqual(['disk']);
    expect(paths(type('disk.kind'), one, two)).toEqual(['disk.1.kind']);
    expect(paths(type('disk.size'), one, two)).toEqual([]);
    expect(paths(type('disk'), one, { disk: [{ kind: 'b' }] })).toEqual([]);
  });

  it('compares elements of sets by their values, not by their places', () => {
    const prior = {
      port: [
        { number: '1', note: 'x' },
        { number: '2', note: 'y' },
      ],
    };
    expect(
      paths(type('port.number'), prior, {
        port: [
          { number: '2', note: 'z' },
          { number: '1', note: 'x' },
        ],
      }),
    ).toEqual([]);
    expect(
      paths(type('port.number'), prior, {
        port: [
          { number: '3', note: 'y' },
          { number: '1', note: 'x' },
        ],
      }),
    ).toEqual(['port']);
  });
});
