import { noChanges } from '../../../scripts/deploy/plan-summary';
import { type DeployReport, readAddresses, renderReport } from '../../../scripts/deploy/report';
import type { StackOutcome } from '../../../scripts/deploy/stack-work';
import { specOf } from './example-stacks';

const outcome = (stack: string, more: Partial<StackOutcome> = {}): StackOutcome => ({
  stack,
  ok: true,
  changed: false,
  summary: 'nothing to change',
  changes: noChanges,
  pendingDestroy: 0,
  startedAt: '2026-01-02T03:04:05.000Z',
  seconds: 1.25,
  resources: 4,
  ...more,
});
const report = (more: Partial<DeployReport>): string =>
  renderReport({ topology: 'one', stacks: [], blocked: [], orphans: [], addresses: [], seconds: 9.87, ...more });

describe('the closing table', () => {
  it('has each stack with its resources, its time and what came of it', () => {
    const text = report({ stacks: [outcome('gcp-live', { changed: true, summary: '2 to create' })] });
    expect(text).toMatch(/gcp-live +│ 4 +│ 1\.3 s +│ 2 to create/);
    expect(text).toContain('Done: 1 of 1 stacks changed, 4 resources (9.9 s).');
  });

  it('says that there is nothing to change', () => {
    expect(report({ stacks: [outcome('a'), outcome('b')] })).toContain('Nothing to change: 2 stacks, 8 resources');
  });

  it('says what failed, what was not tried and because of what, and how to go on', () => {
    const text = report({
      stacks: [outcome('a', { ok: false, summary: 'apply failed' }), outcome('c')],
      blocked: [{ stack: 'b', by: 'a' }],
    });
    expect(text).toContain('FAILED: apply failed');
    expect(text).toContain('not tried: a failed');
    expect(text).toContain('1 of 3 stacks failed, 1 were not tried');
    expect(text).toContain('run the same command again: it resumes');
  });

  it('says that a run was interrupted, and what it did not begin', () => {
    const text = report({ stacks: [outcome('a')], blocked: [{ stack: 'b', by: 'interrupted' }] });
    expect(text).toContain('not tried: interrupted');
    expect(text).toContain('Interrupted: 0 of 2 stacks were being worked on, 1 were not tried');
  });

  it('says what a stack is that has outputs and no resources, and what the words mean', () => {
    const text = report({
      stacks: [outcome('gcp-live-b', { changed: true, summary: 'outputs only', resources: 0 }), outcome('a')],
    });
    expect(text).toMatch(/gcp-live-b +│ 0 +│ 1\.3 s +│ outputs only: nothing to make +│/);
    expect(text).toContain('outputs only: no resource differs; what the stack tells other stacks was written');
    expect(text).toContain('With 0 resources, nothing is placed there');
    const plain = report({ stacks: [outcome('a', { changed: true, summary: 'outputs only' })] });
    expect(plain).toContain('outputs only: no resource differs');
    expect(plain).not.toContain('With 0 resources');
    expect(report({ stacks: [outcome('a')] })).not.toContain('outputs only');
  });

  it('names the stacks outside the run that read what it has changed, and how to deploy them', () => {
    const text = report({ stacks: [outcome('gcp-live', { changed: true })], readers: ['cage-live', 'dns'] });
    expect(text).toContain(
      'Not in this run, though it reads what has changed: cage-live, dns. Deploy it with --stack cage-live --stack dns.',
    );
    expect(report({ stacks: [outcome('gcp-live')] })).not.toContain('Not in this run');
  });

  it('fits the terminal', () => {
    const addresses = [{ site: 'aws', service: 'live edge', addresses: '192.0.2.1, 192.0.2.2, 192.0.2.3, 192.0.2.4' }];
    const document = { topology: 'one', stacks: [], blocked: [], orphans: [], addresses, seconds: 1 };
    const table = renderReport(document, 60)
      .split('\n')
      .filter((line) => line.includes('│'));
    expect(Math.max(...table.map((line) => line.length))).toBeLessThanOrEqual(60);
  });

  it('lists orphans with what to do', () => {
    const text = report({ orphans: [{ stack: 'old', resources: 3 }, { stack: 'far' }] });
    expect(text).toContain('stack old is no longer in the topology and still has 3 resources');
    expect(text).toContain('--destroy --stack old');
    expect(text).not.toContain('undefined');
  });

  it('has the public addresses of each site', () => {
    const text = report({ addresses: [{ site: 'gcp', service: 'live edge', addresses: '192.0.2.1' }] });
    expect(text).toMatch(/gcp +│ live edge +│ 192\.0\.2\.1/);
  });
});

describe('public addresses', () => {
  const spec = specOf('gcp-live', { kind: 'system', sites: ['gcp'] });

  it("are those that the stacks' own outputs have", () => {
    const handles = { 'addresses.edge': '192.0.2.1,192.0.2.2', 'addresses.s1': '192.0.2.3', other: 'x' };
    expect(readAddresses([spec], [outcome('gcp-live', { handles })])).toEqual([
      { site: 'gcp', service: 'live edge', addresses: '192.0.2.1, 192.0.2.2' },
      { site: 'gcp', service: 'live s1', addresses: '192.0.2.3' },
    ]);
  });

  it('are none where the state says nothing', () => {
    expect(readAddresses([spec], [outcome('gcp-live')])).toEqual([]);
  });
});
