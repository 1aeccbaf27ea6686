import type { Problem } from '../../../constructs/contract/problem';
import { readersOf, selectStacks } from '../../../scripts/deploy/selection';
import { specOf } from './example-stacks';

const specs = [
  specOf('gcp-network', { sites: ['gcp'] }),
  specOf('aws-network', { sites: ['aws'] }),
  specOf('link-aws-gcp', { sites: ['aws', 'gcp'] }),
  specOf('dns'),
];
const select = (site: string[], stack: string[] = []): string[] =>
  selectStacks(specs, { site, stack }).map(({ id }) => id);

describe('the stacks of a run', () => {
  it('are all when nothing is named', () => {
    expect(select([])).toEqual(specs.map(({ id }) => id));
  });

  it('are those of the sites, links included', () => {
    expect(select(['gcp'])).toEqual(['gcp-network', 'link-aws-gcp']);
  });

  it('are those named one by one, beside those of the sites', () => {
    expect(select(['aws'], ['dns'])).toEqual(['aws-network', 'link-aws-gcp', 'dns']);
  });

  it('must exist: every unknown name is told at once, with what there is', () => {
    try {
      select(['gpc'], ['dsn', 'dns']);
      throw new Error('nothing was refused');
    } catch (error) {
      expect((error as { problems: readonly Problem[] }).problems).toMatchObject([
        { path: '--site', value: 'gpc', bound: 'aws, gcp' },
        { path: '--stack', value: 'dsn', bound: expect.stringContaining('link-aws-gcp') },
      ]);
    }
  });
});

describe('the stacks that are left out of a run', () => {
  const [gcp, dns] = [specOf('gcp-live'), specOf('dns', { dependsOn: ['gcp-live', 'aws-live'] })];
  const readers = (selected: readonly string[], changed: boolean): string[] =>
    readersOf(
      [gcp, dns],
      [gcp, dns].filter(({ id }) => selected.includes(id)),
      [{ stack: 'gcp-live', changed }],
    );

  it('are named where they read what has changed', () => {
    expect(readers(['gcp-live'], true)).toEqual(['dns']);
  });

  it('are not named where they are in the run, or nothing has changed', () => {
    expect(readers(['gcp-live', 'dns'], true)).toEqual([]);
    expect(readers(['gcp-live'], false)).toEqual([]);
  });
});
