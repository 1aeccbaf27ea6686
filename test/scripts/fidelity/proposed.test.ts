import { planAsCore } from '../../../scripts/fidelity/core-plan';
import { leavesOf } from '../../../scripts/fidelity/leaves';
import { proposedState } from '../../../scripts/fidelity/proposed';
import { encode } from '../../../scripts/sandbox/codec';
import type { BlockFacts } from '../../../scripts/sandbox/facts';
import { typeOfBlock } from '../../../scripts/sandbox/schema';
import { UNKNOWN, type Fields } from '../../../scripts/sandbox/values';

const block: BlockFacts = {
  attributes: {
    id: { type: 'string', computed: true },
    name: { type: 'string', required: true },
    note: { type: 'string', optional: true },
  },
  block_types: {
    port: {
      nesting_mode: 'set',
      block: { attributes: { number: { type: 'number', required: true }, rule: { type: 'string', computed: true } } },
    },
  },
};
const port = (number: number, rule: string | null = null): Fields => ({ number, rule });
const prior: Fields = { id: 'x-1', name: 'a', note: 'old', port: [port(1, 'r-1'), port(2, 'r-2')] };
const config: Fields = { id: null, name: 'b', note: null, port: [port(2), port(3)] };

describe('what Terraform proposes', () => {
  it('is the configuration, with what was computed of what stays', () => {
    const proposed = { id: 'x-1', name: 'b', note: null, port: [port(2, 'r-2'), port(3)] };
    expect(proposedState(block, prior, config)).toEqual(proposed);
    expect(proposedState(block, null, config)).toEqual(config);
  });
});

describe('a plan as Terraform takes it', () => {
  const answering = (replaces: readonly string[], asked: object[] = []) =>
    planAsCore(
      async (_call, request) => {
        asked.push(request);
        const isNew = asked.length > 1;
        const planned = { ...prior, name: 'b', ...(isNew ? { id: UNKNOWN } : {}) };
        const requires_replace = replaces.map((name) => ({ steps: [{ attribute_name: name }] }));
        return { planned_state: encode(planned, typeOfBlock(block)), requires_replace };
      },
      'thing',
      block,
      prior,
      config,
    );

  it('is that of the new object where a change replaces the old one', async () => {
    expect(await answering(['name'])).toMatchObject({ replaces: ['name'], planned: { id: UNKNOWN } });
  });

  it('leaves out causes of a replacement that have not changed', async () => {
    expect(await answering(['note', 'id'])).toMatchObject({ replaces: [], planned: { id: 'x-1' } });
  });
});

describe('values that count', () => {
  const type = typeOfBlock(block);
  const found = (real: Fields, own: Fields): string[] =>
    leavesOf(type, real, own, config).map(({ path, isSame }) => `${path} ${isSame ? 'same' : 'other'}`);

  it('are neither null for both nor copied from the configuration by both', () => {
    const planned: Fields = { id: UNKNOWN, name: 'b', note: null, port: [port(2, 'r-2'), port(3)] };
    expect(found(planned, planned)).toEqual(['id same', 'port.rule same']);
    expect(found(planned, { ...planned, name: 'c' })).toEqual(['id same', 'name other', 'port.rule same']);
  });

  it('of sets are compared between the elements that are most alike', () => {
    const [one, other] = [
      [port(2, 'r-2'), port(3, 'r-3')],
      [port(3, 'r-3'), port(2, 'r-9')],
    ];
    const planned: Fields = { id: null, name: 'b', note: null, port: [] };
    expect(found({ ...planned, port: one }, { ...planned, port: other })).toEqual([
      'port.rule other',
      'port.rule same',
    ]);
  });
});
