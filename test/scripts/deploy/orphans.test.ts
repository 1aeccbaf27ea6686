import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findOrphans, formerState, recordStacks } from '../../../scripts/deploy/orphans';

let folder: string;
let record: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'watari-orphans-'));
  record = join(folder, 'deep', 'stacks.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function state(name: string, machines: number): { state: string } {
  const file = join(folder, name);
  const managed = { mode: 'managed', instances: Array.from({ length: machines }, () => ({})) };
  writeFileSync(file, JSON.stringify({ resources: [managed, { mode: 'data', instances: [{}] }] }));
  return { state: file };
}

describe('what the topology forgets', () => {
  it('is listed with the resources that it still has', () => {
    recordStacks(record, { 'old-network': state('old', 3), 'gcp-network': state('gcp', 2) });
    expect(findOrphans(record, ['gcp-network'])).toEqual([{ stack: 'old-network', resources: 3 }]);
  });

  it('is no longer listed once it has none', () => {
    recordStacks(record, { 'old-network': state('old', 0) });
    expect(findOrphans(record, [])).toEqual([]);
  });

  it('is remembered over many runs, in order of names', () => {
    recordStacks(record, { b: state('b', 1) });
    recordStacks(record, { a: state('a', 1) });
    expect(findOrphans(record, []).map(({ stack }) => stack)).toEqual(['a', 'b']);
  });

  it('is listed without a count where the state is in a remote store', () => {
    recordStacks(record, { far: {} });
    expect(findOrphans(record, [])).toEqual([{ stack: 'far' }]);
  });

  it('is counted as the last run left it where the state is in a remote store, and not listed once it has none', () => {
    recordStacks(record, { far: { resources: 2 }, retired: { resources: 0 } });
    expect(findOrphans(record, [])).toEqual([{ stack: 'far', resources: 2 }]);
  });

  it('is forgotten once it has been destroyed', () => {
    recordStacks(record, { far: {}, near: {} });
    recordStacks(record, { far: {} }, ['far']);
    expect(findOrphans(record, [])).toEqual([{ stack: 'near' }]);
  });

  it('is found by the state that it still has when the topology names another store', () => {
    const { state: former } = state('former', 1);
    recordStacks(record, { one: { state: former }, other: state('none', 0) });
    expect(formerState(record, 'one', join(folder, 'new'))).toBe(former);
    expect(formerState(record, 'one', former)).toBeUndefined();
    expect(formerState(record, 'other', join(folder, 'new'))).toBeUndefined();
  });

  it('is nothing before the first run', () => {
    expect(findOrphans(record, [])).toEqual([]);
  });
});
