/** A piece of work that waits for others. */
export interface Job {
  readonly id: string;
  /** Must succeed before. */
  readonly waitsFor: readonly string[];
  /** Must have ended before, however. */
  readonly after: readonly string[];
}

/** In the place of the job that blocks another: the run was asked to end. */
export const interrupted = 'interrupted';

export type JobResult = 'done' | 'failed' | 'blocked';

/**
 * Runs jobs in order of dependence, at most `width` at a time. A failure blocks what depends on it and nothing else.
 * @param run true when the job succeeded; must not throw
 * @param signal once aborted, what runs is waited for and the rest is blocked, by `interrupted`
 */
export async function runJobs<J extends Job>(
  jobs: readonly J[],
  width: number,
  run: (job: J) => Promise<boolean>,
  blocked: (job: J, by: string) => void,
  signal?: AbortSignal,
): Promise<Map<string, JobResult>> {
  const results = new Map<string, JobResult>();
  const known = new Set(jobs.map(({ id }) => id));
  const active = new Map<string, Promise<void>>();
  const waiting = new Map(jobs.map((job) => [job.id, job]));
  const needs = (job: J): string[] => job.waitsFor.filter((id) => known.has(id));
  const isReady = (job: J): boolean =>
    needs(job).every((id) => results.get(id) === 'done') && job.after.every((id) => !known.has(id) || results.has(id));
  const block = (job: J, by: string): void => {
    waiting.delete(job.id);
    results.set(job.id, 'blocked');
    blocked(job, by);
  };
  const brokenFor = (job: J): string | undefined =>
    needs(job).find((id) => results.get(id) === 'failed' || results.get(id) === 'blocked');
  const settle = (): void => {
    for (const job of waiting.values()) {
      const broken = brokenFor(job);
      if (broken === undefined) continue;
      block(job, broken);
      return settle();
    }
    if (signal?.aborted) for (const job of [...waiting.values()]) block(job, interrupted);
  };
  const start = (job: J): void => {
    waiting.delete(job.id);
    const work = run(job).then((ok) => {
      results.set(job.id, ok ? 'done' : 'failed');
      active.delete(job.id);
    });
    active.set(job.id, work);
  };
  while (waiting.size + active.size > 0) {
    settle();
    for (const job of [...waiting.values()]) if (active.size < width && isReady(job)) start(job);
    if (active.size > 0) await Promise.race(active.values());
  }
  return results;
}
