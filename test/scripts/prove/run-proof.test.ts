import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Figures, ProofContext } from '../../../scripts/prove/proof';
import { joinReports, renderProofs } from '../../../scripts/prove/report';
import { runProof } from '../../../scripts/prove/run-proof';

let home: string;

beforeEach(() => (home = mkdtempSync(join(tmpdir(), 'watari-prove-'))));
afterEach(() => rmSync(home, { recursive: true, force: true }));

const run = (work: (context: ProofContext) => Promise<Figures>, sources = 'one') =>
  runProof(
    'tides',
    { name: 'The tide turns', minutes: 1, run: work },
    { root: home, home, sources, say: () => undefined },
  );

describe('a long proof', () => {
  it('gives its figures, keeps them, and is not repeated over the same sources', async () => {
    const work = jest.fn(async () => ({ tides: 2 }));
    expect(await run(work)).toMatchObject({ ok: true, figures: { tides: 2 } });
    expect(await run(work)).toMatchObject({ ok: true, figures: { tides: 2 } });
    expect(work).toHaveBeenCalledTimes(1);
    expect(JSON.parse(readFileSync(join(home, 'tides.json'), 'utf8'))).toMatchObject({ result: { ok: true } });
  });

  it('is repeated when the sources have changed', async () => {
    const work = jest.fn(async () => ({ tides: 2 }));
    await run(work);
    await run(work, 'two');
    expect(work).toHaveBeenCalledTimes(2);
  });

  it('resumes after a failure: parts that were done are not done again', async () => {
    const flood = jest.fn(async () => 7);
    const work = (ebb: () => Promise<number>) => async (context: ProofContext) => ({
      sum: (await context.part('flood', flood)) + (await context.part('ebb', ebb)),
    });
    const failed = await run(work(() => Promise.reject(new Error('no moon'))));
    expect(failed).toMatchObject({ ok: false, error: expect.stringContaining('no moon') });
    expect(await run(work(async () => 5))).toMatchObject({ ok: true, figures: { sum: 12 } });
    expect(flood).toHaveBeenCalledTimes(1);
  });

  it('finds its folder again until it holds, then leaves none', async () => {
    const folders: string[] = [];
    const work = (ok: boolean) => async (context: ProofContext) => {
      await context.part('once', async () => true);
      folders.push(context.folder);
      expect(existsSync(context.folder)).toBe(true);
      if (!ok) throw new Error('not yet');
      return {};
    };
    await run(work(false));
    await run(work(true));
    expect(folders[0]).toBe(folders[1]);
    expect(existsSync(folders[0]!)).toBe(false);
  });
});

const date = '2026-01-02T03:04:05.000Z';

describe('the closing table', () => {
  it('has a line for each figure, and says what to do after a failure', () => {
    const text = renderProofs([
      { id: 'tides', name: 'The tide turns', ok: true, date, seconds: 61, figures: { tides: 2, metres: '1.5' } },
      { id: 'wind', name: 'The wind rises', ok: false, date, seconds: 2, error: 'calm' },
    ]);
    expect(text).toContain('tides: 2');
    expect(text).toContain('metres: 1.5');
    expect(text).toContain('1 min 1 s');
    expect(text).toContain('wind: calm');
    expect(text).toContain('1 of 2 proofs failed');
  });
});

describe('the report that is kept', () => {
  const machine = { cores: 2, processor: 'x', memoryGiB: 8, node: 'v24', terraform: 'terraform 1.11.4' };
  const row = (id: string, seconds: number) => ({ id, name: id, ok: true, date: `2026-01-0${seconds}`, seconds });
  const both = joinReports(undefined, 'one', machine, [row('wind', 2), row('tides', 1)]);

  it('has the date of the last proof, the machine, and the time of all', () => {
    expect(both).toMatchObject({ date: '2026-01-02', machine, seconds: 3 });
  });

  it('keeps the rows of proofs that were not asked for, over the same sources', () => {
    const again = joinReports(both, 'one', machine, [row('wind', 5)]);
    expect(again.proofs.map(({ id, seconds }) => [id, seconds])).toEqual([
      ['tides', 1],
      ['wind', 5],
    ]);
  });

  it('keeps none over other sources', () => {
    expect(joinReports(both, 'two', machine, [row('wind', 5)]).proofs.map(({ id }) => id)).toEqual(['wind']);
  });
});
