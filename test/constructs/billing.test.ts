import type { PlannedResource } from '../../constructs/contract/pricing';
import { companion, numberAt, textAt } from '../../constructs/util/billing';

const template = (values: Record<string, unknown>): PlannedResource => ({ address: 'a', type: 'template', values });
const named = (value: string | undefined, name?: string) => ({ attributes: ['id'], value, name });

describe('the template of a fleet', () => {
  const one = template({ id: 'lt-1', name: 'live-edge' });
  const other = template({ id: 'lt-2', name: 'vod-edge' });

  it('is the one that the fleet names', () => {
    expect(companion([one, other], 'template', named('lt-2', 'live-edge'))).toBe(other);
  });

  it('is the one of the same name, or with a hash behind it, as long as ids are not known', () => {
    const hashed = template({ name: 'live-edge-31f87226' });
    expect(
      companion([hashed, template({ name: 'vod-edge-8a70b1c2' })], 'template', named(undefined, 'live-edge')),
    ).toBe(hashed);
  });

  it('is the only one there is', () => {
    expect(companion([one], 'template', named(undefined, 'something'))).toBe(one);
  });

  it('is none of those that are known not to be it', () => {
    expect(companion([one], 'template', named('lt-of-another-stack', 'live-edge'))).toBeUndefined();
    expect(companion([one, other], 'template', named(undefined))).toBeUndefined();
  });
});

describe('a planned value', () => {
  const resource = template({ disk: [{ size: '50' }], block: { size: 20, kind: '' } });

  it('is found in a list of blocks and in a block', () => {
    expect(numberAt(resource, 'disk', 0, 'size')).toBe(50);
    expect(numberAt(resource, 'block', 0, 'size')).toBe(20);
  });

  it('is absent where it is empty or not there', () => {
    expect(textAt(resource, 'block', 0, 'kind')).toBeUndefined();
    expect(numberAt(resource, 'disk', 1, 'size')).toBeUndefined();
  });
});
