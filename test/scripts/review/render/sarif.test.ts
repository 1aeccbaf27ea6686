import type { Log, Result, Run } from 'sarif';
import { mostResults, renderSarif } from '../../../../scripts/review/render/sarif';
import type { Report } from '../../../../scripts/review/report';
import { change, decision, fullReport, reportOf, withText } from './reports';

const runOf = (report: Report): Run => {
  const [run, ...others] = (JSON.parse(renderSarif(report)) as Log).runs;
  expect(others).toEqual([]);
  return run as Run;
};
const resultsOf = (report: Report): Result[] => runOf(report).results ?? [];
const hashOf = ({ partialFingerprints }: Result): string => partialFingerprints?.['primaryLocationLineHash'] ?? '';

describe('a review for code scanning', () => {
  it('says where the topology is, and of which resource it speaks', () => {
    const loss = resultsOf(fullReport).find(({ ruleId }) => ruleId === 'change/data-loss');
    expect(loss?.level).toBe('error');
    expect(loss?.message.text).toContain('engine: mysql → postgres forces it.');
    const [location] = loss?.locations ?? [];
    expect(location?.physicalLocation).toEqual({
      artifactLocation: { uri: 'stacks/topologies/reference.ts' },
      region: { startLine: 1 },
    });
    expect(location?.logicalLocations?.[0]?.fullyQualifiedName).toBe('cage-live/aws_db_instance.main');
  });

  it('calls what waits for a decision an error, and what was acknowledged a note', () => {
    const levels = (one: object) => resultsOf(reportOf([], [{ ...decision('x'), ...one }])).map(({ level }) => level);
    expect(levels({})).toEqual(['error']);
    expect(levels({ acknowledged: true })).toEqual(['note']);
    expect(levels({ decision: false })).toEqual(['warning']);
  });

  it('explains every rule, each result naming one of them', () => {
    const { tool, results = [] } = runOf(fullReport);
    const rules = tool.driver.rules ?? [];
    for (const rule of rules) expect(rule.help?.text.length).toBeGreaterThan(10);
    for (const { ruleId, ruleIndex = -1 } of results) expect(rules[ruleIndex]?.id).toBe(ruleId);
  });

  it('knows a result again when its words change, and tells apart what differs', () => {
    const of = (why: string) => resultsOf(reportOf(['a', 'b'].map((name) => change(name, 'drained', { why }))));
    expect(of('x').map(hashOf)).toEqual(of('y').map(hashOf));
    expect(new Set(of('x').map(hashOf)).size).toBe(2);
  });

  it('has no more results than are shown, the worst of them, and says so', () => {
    const mild = Array.from({ length: mostResults }, (_, index) => change(`a.b${index}`, 'created'));
    const run = runOf(reportOf([...mild, change('a.worst', 'data-loss'), change('a.last', 'created')]));
    expect(run.results).toHaveLength(mostResults);
    expect(run.results?.[0]?.level).toBe('error');
    expect(run.invocations?.[0]?.toolExecutionNotifications?.[0]?.message.text).toMatch(/^2 of 5002 results/);
  });

  it('takes any text for text', () => {
    const text = '[see](https://evil.example)\u0000\ud800';
    for (const result of resultsOf(withText(fullReport, () => text))) {
      expect(result.message.text).not.toContain('[see]');
      expect(result.message.text?.length).toBeLessThan(1100);
      expect(result.locations?.[0]?.physicalLocation?.artifactLocation?.uri).toMatch(/^[\w/.%()-]+$/);
    }
  });

  it('points to the plan where there is no topology', () => {
    const { topology: _, ...report } = { ...fullReport, source: 'plans' as const };
    const uris = resultsOf(report).map((one) => one.locations?.[0]?.physicalLocation?.artifactLocation?.uri);
    expect(uris).toContain('cage-live.json');
  });
});
