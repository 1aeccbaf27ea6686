import { freeAddress, isUsable } from '../../../scripts/sandbox/addresses';

const range = { space: 'net', cidr: '10.0.0.0/29' };
const free = (taken: readonly string[], place = 0, more = {}): string | undefined =>
  freeAddress(
    { ...range, ...more },
    () => place,
    (address) => taken.includes(address),
  );

describe('addresses of a range', () => {
  it('are usable between what the cloud keeps at both ends', () => {
    const aws = { ...range, first: 4, last: 1 };
    const usable = Array.from({ length: 9 }, (_, at) => `10.0.0.${at}`).filter((address) => isUsable(aws, address));
    expect(usable).toEqual(['10.0.0.4', '10.0.0.5', '10.0.0.6']);
  });

  it('are given from a stable place on, and round the end', () => {
    expect(free([], 2)).toBe('10.0.0.3');
    expect(free(['10.0.0.6'], 5)).toBe('10.0.0.1');
  });

  it('end when all are taken', () => {
    const all = Array.from({ length: 8 }, (_, at) => `10.0.0.${at}`);
    expect(free(all)).toBeUndefined();
  });

  it('may be of IPv6', () => {
    expect(free([], 4, { cidr: '2001:db8::/64' })).toBe('2001:db8:0:0:0:0:0:5');
    expect(isUsable({ space: '', cidr: '2001:db8::/64' }, '2001:db8::1')).toBe(true);
    expect(isUsable({ space: '', cidr: '2001:db8::/64' }, '2001:db9::1')).toBe(false);
  });
});
