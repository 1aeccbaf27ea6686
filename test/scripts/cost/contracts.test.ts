import { type Cost, costOf } from '../../../scripts/cost/cost';
import { loadPlatform } from '../../../stacks/main';
import onlyAws from '../../../stacks/topologies/only-aws';
import onlyMetal from '../../../stacks/topologies/only-metal';
import reference from '../../../stacks/topologies/reference';
import { plannedPlatform } from '../../support/planned';

/** Made up: no contract says this. */
const madeUp = { currency: 'JPY' as const, source: 'a made-up contract, for a test', read: '2026-11-21' };
const hardware = { basis: 'leased' as const, amount: 50_000, ...madeUp };

function costWith<T extends object>(topology: T, change: (copy: T) => void): Cost {
  const copy = structuredClone(topology);
  change(copy);
  const { stacks, pricing } = plannedPlatform(copy);
  return costOf(stacks, pricing);
}

it('a contract for each machine counts the machines in use', () => {
  const cost = costWith(onlyMetal, ({ sites }) =>
    Object.assign(sites.cage, { costs: { hardware: { per: 'machine', ...hardware } } }),
  );
  const machines = cost.lines.filter(({ address }) => address.includes('maas_instance'));
  expect(machines.length).toBeGreaterThan(4);
  expect(cost.groups.cage).toEqual({ JPY: { min: machines.length * 50_000, max: machines.length * 50_000 } });
  expect(cost.unknown.map(({ address }) => address)).toEqual(['sites.cage.costs.bandwidth']);
});

it('a contract for the site counts once, however many machines are in use', () => {
  const cost = costWith(onlyMetal, ({ sites }) =>
    Object.assign(sites.cage, { costs: { hardware: { per: 'site', ...hardware } } }),
  );
  expect(cost.total).toEqual({ JPY: { min: 50_000, max: 50_000 } });
});

it('committed bandwidth belongs to its site, a circuit and a stretched segment to their links', () => {
  const monthly = { amount: 300_000, ...madeUp };
  const cost = costWith(reference, ({ sites, links }) => {
    Object.assign(sites.cage, { costs: { bandwidth: { committedMbps: 10_000, ...monthly } } });
    const { primary } = links['cage-gcp'] ?? {};
    if (primary?.kind === 'circuit') Object.assign(primary.circuits['1'] ?? {}, { monthly });
    Object.assign(links['cage-idcf']?.primary ?? {}, { monthly });
  });
  const once = { JPY: { min: 300_000, max: 300_000 } };
  expect(cost.groups.cage).toEqual(once);
  expect(cost.groups['link cage-gcp']).toEqual(once);
  expect(cost.groups['link cage-idcf']).toEqual(once);
  const unknown = cost.unknown.map(({ address }) => address);
  expect(unknown).toContain('links.cage-gcp.primary.circuits.2.monthly');
  expect(unknown).not.toContain('links.cage-gcp.primary.circuits.1.monthly');
});

it('a contract without a source or a date is refused', () => {
  const copy = structuredClone(onlyMetal);
  const { source: _, read: __, ...bare } = { per: 'site', ...hardware };
  Object.assign(copy.sites.cage, { costs: { hardware: bare } });
  expect(() => loadPlatform(copy)).toThrow(/sites\.cage\.costs\.hardware.*source/);
  expect(() => loadPlatform(copy)).toThrow(/sites\.cage\.costs\.hardware.*read/);
});

it('a contract for hardware is refused where machines are rented by a list', () => {
  const copy = structuredClone(onlyAws);
  Object.assign(copy.sites.aws, { costs: { hardware: { per: 'machine', ...hardware } } });
  expect(() => loadPlatform(copy)).toThrow(
    'sites.aws.costs.hardware: machines of aws (profile standard) are rented, and billed by its price list',
  );
});
