import { setTimeout as wait } from 'node:timers/promises';
import { type Job, runJobs } from '../../../scripts/deploy/schedule';

const job = (id: string, waitsFor: readonly string[] = [], after: readonly string[] = []): Job => ({
  id,
  waitsFor,
  after,
});

/** Runs jobs; which began and ended in which order, and which were blocked by which. */
async function run(jobs: readonly Job[], options: { width?: number; failing?: readonly string[] } = {}) {
  const { width = 9, failing = [] } = options;
  const events: string[] = [];
  const blocked: string[] = [];
  let active = 0;
  let widest = 0;
  const results = await runJobs(
    jobs,
    width,
    async ({ id }) => {
      widest = Math.max(widest, (active += 1));
      events.push(`+${id}`);
      await wait(2);
      events.push(`-${id}`);
      active -= 1;
      return !failing.includes(id);
    },
    ({ id }, by) => blocked.push(`${id} by ${by}`),
  );
  return { events, blocked, widest, results: Object.fromEntries(results) };
}

describe('jobs', () => {
  it('begin when all that they wait for has succeeded', async () => {
    const { events } = await run([job('c', ['a', 'b']), job('a'), job('b', ['a'])]);
    expect(events).toEqual(['+a', '-a', '+b', '-b', '+c', '-c']);
  });

  it('run side by side where they may, never more than the width', async () => {
    const jobs = ['a', 'b', 'c', 'd', 'e'].map((id) => job(id));
    expect((await run(jobs)).widest).toBe(5);
    expect((await run(jobs, { width: 2 })).widest).toBe(2);
  });

  it('that depend on a failed one are blocked, however far, and say by what; the others run', async () => {
    const { results, blocked } = await run([job('a'), job('b', ['a']), job('c', ['b']), job('d')], { failing: ['a'] });
    expect(results).toEqual({ a: 'failed', b: 'blocked', c: 'blocked', d: 'done' });
    expect(blocked).toEqual(['b by a', 'c by b']);
  });

  it('that only come after a failed one are run once it has ended', async () => {
    const { results, events } = await run([job('a'), job('b', [], ['a'])], { failing: ['a'] });
    expect(results).toEqual({ a: 'failed', b: 'done' });
    expect(events).toEqual(['+a', '-a', '+b', '-b']);
  });

  it('do not wait for what is not there', async () => {
    expect((await run([job('a', ['elsewhere'], ['nowhere'])])).results).toEqual({ a: 'done' });
  });
});
