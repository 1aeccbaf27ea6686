import { attributeChanges } from '../../../../scripts/review/values/diff';

const changes = (before: unknown, after: unknown) => attributeChanges({ type: 'aws_security_group', before, after });
const rule = (port: number, cidr: string, description = '') => ({
  from_port: port, to_port: port, protocol: 'tcp', cidr_blocks: [cidr], description,
}); // prettier-ignore

describe('A list', () => {
  it('in another order is one change', () => {
    expect(changes({ names: ['a', 'b', 'c'] }, { names: ['c', 'a', 'b'] })).toEqual([
      { path: 'names', change: 'order', before: 'a, b, c', after: 'c, a, b' },
    ]);
  });

  it('of objects in another order is one change too', () => {
    const found = changes({ rule: [{ name: 'a' }, { name: 'b' }] }, { rule: [{ name: 'b' }, { name: 'a' }] });
    expect(found).toEqual([{ path: 'rule', change: 'order', before: 'a, b', after: 'b, a' }]);
  });

  it('names the rule that comes and the one that goes by what they are', () => {
    const before = { ingress: [rule(443, '10.0.0.0/8'), rule(22, '10.1.0.0/16'), rule(80, '10.0.0.0/8')] };
    const after = { ingress: [rule(8443, '0.0.0.0/0'), rule(443, '10.0.0.0/8'), rule(80, '10.0.0.0/8')] };
    const found = changes(before, after);
    expect(found.map(({ path, change }) => `${change} ${path}`)).toEqual([
      'removed ingress[22 from 10.1.0.0/16]',
      'added ingress[8443 from 0.0.0.0/0]',
    ]);
  });

  it('shows what changes within an element that stands elsewhere', () => {
    const before = { disk: [{ name: 'root', size: 10 }, { name: 'data', size: 20 }] }; // prettier-ignore
    const after = { disk: [{ name: 'new', size: 5 }, { name: 'data', size: 30 }, { name: 'root', size: 10 }] }; // prettier-ignore
    expect(changes(before, after)).toEqual([
      { path: 'disk[data].size', change: 'changed', before: '20', after: '30' },
      { path: 'disk[new]', change: 'added', after: '{"name":"new","size":5}' },
    ]);
  });

  it('of texts is compared as a bag', () => {
    expect(changes({ cidrs: ['10.0.0.0/8', 'a', 'a'] }, { cidrs: ['a', '10.0.0.0/8', 'a', 'b'] }).slice(1)).toEqual([
      { path: 'cidrs[b]', change: 'added', after: 'b' },
    ]);
  });

  it('matches elements without a name by what they share', () => {
    const found = changes(
      { ingress: [rule(443, '10.0.0.0/8', 'one'), rule(443, '10.1.0.0/16', 'two')] },
      { ingress: [rule(443, '10.1.0.0/16', 'other'), rule(443, '10.0.0.0/8', 'one')] },
    );
    expect(found).toEqual([
      { path: 'ingress[443 from 10.1.0.0/16].description', change: 'changed', before: 'two', after: 'other' },
    ]);
  });
});
