import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PlannedResource } from '../../constructs/contract/pricing';
import { costOf } from '../../scripts/cost/cost';
import { sheetProblems } from '../../scripts/cost/sheets';
import { describe as describePlatform } from '../../stacks/main';
import { exampleSite, plainNames } from '../support/example-site';
import { plannedIn } from '../support/planned';
import { examplePlatform, textsOf } from '../support/synthesised';
import { enrolled, enrolledWith } from './enrolled';

const providers = join(__dirname, '..', '..', 'constructs', 'providers');
const ofTerraform = 'terraform_data';

/** Every stack of the example, by id, as a plan of nothing that stands has it. */
const planned = new Map(
  enrolled.map((entry) => {
    const texts = textsOf(examplePlatform(entry));
    return [entry.title, Object.entries(texts).map(([stack, text]) => ({ stack, resources: plannedIn(text) }))];
  }),
);
const stacksOf = (title: string): { stack: string; resources: PlannedResource[] }[] => planned.get(title) ?? [];

describe.each(enrolled)('prices of $title', (entry) => {
  const { pricing } = entry.provider;

  it('says of every resource type that it emits how it is billed', () => {
    const types = stacksOf(entry.title).flatMap(({ resources }) => resources.map(({ type }) => type));
    const unbilled = types.filter((type) => type !== ofTerraform && !pricing.rules[entry.profile]?.[type]);
    expect([...new Set(unbilled)]).toEqual([]);
  });

  it('says of every resource type in its list how it is billed', () => {
    const used = JSON.parse(readFileSync(join(providers, entry.name, 'schema', 'used.json'), 'utf8')) as Record<
      string,
      { resources: string[] }
    >;
    const billed = Object.values(pricing.rules).flatMap((rules) => Object.keys(rules));
    const types = Object.values(used).flatMap(({ resources }) => resources);
    expect(types.filter((type) => !billed.includes(type))).toEqual([]);
  });

  it('has no price without a source', () => {
    expect(sheetProblems({ [entry.name]: entry.provider })).toEqual([]);
  });

  it('tells where the example is billed, or that it stands on own hardware', () => {
    const { place, ownHardware } = pricing.billed(exampleSite(entry));
    expect(place !== undefined || ownHardware === true).toBe(true);
  });
});

describe.each(enrolledWith(({ adapter }) => adapter.elastic))('elastic prices of $title', (entry) => {
  it('bills an elastic fleet at its smallest and at its largest', () => {
    const { platform } = examplePlatform(entry);
    const sites = [plainNames.site];
    const stacks = stacksOf(entry.title).map((stack) => ({ ...stack, sites }));
    const { billing } = describePlatform(platform);
    const contract = { basis: 'owned' as const, per: 'machine' as const, amount: 1, currency: 'JPY' as const };
    const priced = {
      ...billing,
      sites: { here: { ...billing.sites['here'], hardware: { ...contract, source: 'made up', read: '2026-11-21' } } },
    };
    const cost = costOf(stacks, {
      providers: { [entry.name]: entry.provider },
      billing: priced as typeof billing,
    });
    const fleets = cost.lines.filter(({ known }) =>
      Object.values(known).some(({ min, max }) => min > 0 && max === 2 * min),
    );
    expect(fleets.map(({ address }) => address)).toHaveLength(1);
  });
});
