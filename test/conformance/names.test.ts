import type { DnsMember } from '../../constructs/contract/adapter';
import { TerraformStack, Testing } from 'cdktf';
import { dnsSpec } from '../support/example-specs';
import { emittedBy, mentions, plainStack } from '../support/emitted';
import { enrolledWith } from './enrolled';

describe.each(enrolledWith(({ adapter }) => adapter.dns))('names at $title', (entry) => {
  const { records } = dnsSpec(entry);
  const emitted = () => {
    const stack = new TerraformStack(Testing.app(), 'names');
    const dns = entry.adapter.dns as DnsMember;
    dns.configure(stack, dnsSpec(entry));
    dns.records(stack, 'records', dnsSpec(entry));
    return emittedBy(plainStack(Testing.synth(stack)));
  };

  it('answers every name with all its addresses, for as long as it is told', () => {
    const all = records.flatMap(({ answers }) => answers.flatMap(({ addresses }) => addresses));
    expect(all.filter((address) => !mentions(emitted(), address))).toEqual([]);
    expect(records.filter(({ name }) => !mentions(emitted(), name)).map(({ name }) => name)).toEqual([]);
    expect(mentions(emitted(), 31)).toBe(true);
  });

  it('weighs the answers of a name', () => {
    const weights = records.flatMap(({ answers }) => (answers.length > 1 ? answers.map(({ weight }) => weight) : []));
    expect(weights.filter((weight) => !mentions(emitted(), weight))).toEqual([]);
  });
});
