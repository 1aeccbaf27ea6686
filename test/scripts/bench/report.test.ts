import { benchReport } from '../../../scripts/bench/report';

const machine = { cores: 2, processor: 'some', memoryGiB: 24, node: 'v20.0.0', terraform: 'terraform 1.11.4' };
const date = new Date('2026-01-01T00:00:00Z');
const fast = { what: 'synth', measured: 0.9, target: 1, unit: 's' } as const;
const slow = { what: 'deploy', measured: 1.6, target: 1.5, unit: 'times' } as const;

describe("the bench's report", () => {
  it('is good where every target is met, and says on what machine and with which versions', () => {
    const report = benchReport([fast], machine, false, date);
    expect(report).toMatchObject({ ok: true, missed: [], date: '2026-01-01T00:00:00.000Z', machine });
    expect(report.versions).toEqual({ cdktf: '0.21.0', constructs: expect.stringMatching(/^10\.\d+\.\d+$/) as string });
  });

  it('names the targets that are missed', () => {
    expect(benchReport([fast, slow], machine, false, date)).toMatchObject({ ok: false, missed: ['deploy'] });
  });

  it('holds a quick run to no target', () => {
    expect(benchReport([slow], machine, true, date)).toMatchObject({ ok: true, missed: [], quick: true });
  });
});
