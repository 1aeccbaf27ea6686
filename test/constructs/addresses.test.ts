import fc from 'fast-check';
import { planSite } from '../../constructs/addresses';
import { tiers } from '../../constructs/contract/plan';
import { halves } from '../../constructs/contract/site';
import { overlaps, parseCidr, subdivide, toNumber } from '../../constructs/util/cidr';

const supernet = '10.64.0.0/10';
const plan = (number: number, more: object = {}) =>
  planSite({ id: `site${number}`, number, supernet, vlanBase: 100, ...more });
const siteNumber = fc.integer({ min: 1, max: 63 });
const slot = fc.integer({ min: 1, max: 900 });

test('no two sites, tiers, halves or slots ever share an address', () => {
  const place = fc.tuple(siteNumber, fc.constantFrom(...tiers), fc.constantFrom(...halves), slot);
  fc.assert(
    fc.property(place, place, (one, other) => {
      const address = ([number, tier, half, index]: typeof one): string => plan(number).machine(tier, half, index);
      const same = one.every((part, index) => part === other[index]);
      expect(address(one) === address(other)).toBe(same);
    }),
  );
});

test('services and devices never get the address of a machine', () => {
  fc.assert(
    fc.property(
      siteNumber,
      fc.constantFrom(...tiers),
      slot,
      fc.constantFrom(...halves),
      slot,
      (number, tier, shared, half, index) => {
        const site = plan(number);
        expect(site.shared(tier, shared)).not.toBe(site.machine(tier, half, index));
        expect(overlaps(site.tiers[tier].shared, `${site.machine(tier, half, index)}/32`)).toBe(false);
      },
    ),
  );
});

test('an address hangs on the numbers of its own site only', () => {
  expect(plan(1).machine('origin', 'a', 3)).toBe('10.65.32.7');
  expect(plan(1).machine('origin', 'b', 3)).toBe('10.65.36.7');
  expect(plan(63).cidr).toBe('10.127.0.0/16');
});

test('the addresses that clouds keep in each subnet are never given to a machine', () => {
  fc.assert(
    fc.property(
      siteNumber,
      fc.constantFrom(...tiers),
      fc.constantFrom(...halves),
      slot,
      (number, tier, half, index) => {
        const site = plan(number);
        const zone = parseCidr(site.tiers[tier].zones[half]);
        const place = toNumber(site.machine(tier, half, index)) - zone.first;
        expect(place).toBeGreaterThan(3);
        expect(place).toBeLessThan(zone.last - zone.first - 1);
      },
    ),
  );
});

test('a range that is used up is an error that says how far it reaches', () => {
  const tight = plan(2, { adopted: '10.66.0.0/24' });
  expect(() => tight.machine('origin', 'a', 2)).toThrow('the range 10.66.0.32/30 has no address for slot 2');
  expect(() => tight.machine('origin', 'a', 2)).toThrow(
    'Use lower numbers (shards, fleet sizes), or give the site a larger range.',
  );
});

test('an adopted network is cut into the same tiers', () => {
  const site = plan(2, { adopted: '10.66.0.0/20' });
  expect(site.adopted).toBe(true);
  expect(tiers.map((tier) => site.tiers[tier].cidr)).toEqual([
    '10.66.0.0/24',
    '10.66.1.0/24',
    '10.66.2.0/24',
    '10.66.3.0/24',
  ]);
});

test('adding a tier behind the others moves none of them', () => {
  const cidr = plan(5).cidr;
  tiers.forEach((tier, index) => expect(plan(5).tiers[tier].cidr).toBe(subdivide(cidr, 4, index)));
});

test('a site without a public block has no planned public addresses', () => {
  expect(plan(3).public).toBeUndefined();
  expect(plan(3, { publicBlock: '203.0.113.0/24' }).public?.(1)).toBe('203.0.113.2');
});
