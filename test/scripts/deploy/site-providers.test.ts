import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Problem, ProblemsError } from '../../../constructs/contract/problem';
import { recordStacks } from '../../../scripts/deploy/orphans';
import { providersOf, refuseChangedProviders } from '../../../scripts/deploy/site-providers';
import { platformOf } from '../../support/topologies';

let folder: string;
let record: string;
const platform = platformOf();

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'watari-providers-'));
  record = join(folder, 'stacks.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function refused(): readonly Problem[] {
  try {
    refuseChangedProviders(record, platform);
    return [];
  } catch (error) {
    if (error instanceof ProblemsError) return error.problems;
    throw error;
  }
}

const former = { gcp: 'aws, profile standard' };

describe('a site that is on another provider than when it was deployed', () => {
  it('is refused once, with its stacks that have resources and what to do', () => {
    recordStacks(record, {
      'gcp-network': { resources: 14, providers: former },
      'gcp-live': { resources: 0, providers: former },
      'link-aws-gcp': { providers: { ...former, aws: 'aws, profile standard' } },
    });
    const problems = refused();
    expect(problems).toMatchObject([
      {
        path: 'sites.gcp.provider',
        message:
          'the site was made on aws, profile standard, and still has resources there in gcp-network, link-aws-gcp',
        value: 'gcp, profile standard',
      },
    ]);
    expect(problems[0]?.fix).toMatch(/^Put aws, profile standard back at "gcp"\. Add the new site under another id/);
  });

  it('is refused for another profile too', () => {
    recordStacks(record, { 'cage-network': { resources: 1, providers: { cage: 'metal, profile software' } } });
    expect(refused()).toMatchObject([{ path: 'sites.cage.provider', value: 'metal, profile bigip' }]);
  });

  it('is accepted once it has no resources: counted, destroyed, or by its state', () => {
    const state = join(folder, 'state.json');
    writeFileSync(state, JSON.stringify({ resources: [] }));
    recordStacks(record, {
      'gcp-network': { resources: 0, providers: former },
      'gcp-live': { state, providers: former },
    });
    expect(refused()).toEqual([]);
    recordStacks(record, { 'gcp-network': { resources: 3, providers: former } });
    recordStacks(record, {}, ['gcp-network']);
    expect(refused()).toEqual([]);
  });
});

it('a site that is as it was, one that the topology has no more, and a record without providers are accepted', () => {
  recordStacks(record, {
    'gcp-network': { resources: 14, providers: providersOf(platform, { sites: ['gcp'] }) },
    'old-network': { resources: 2, providers: { old: 'aws, profile standard' } },
    'aws-network': { resources: 2 },
  });
  expect(refused()).toEqual([]);
});
