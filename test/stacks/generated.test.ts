import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { violations } from '../../scripts/prove/generate/invariants';
import { judge } from '../../scripts/prove/generate/judge';
import { mendUntilAccepted } from '../../scripts/prove/generate/mend';
import { spoil } from '../../scripts/prove/generate/malformed';
import { randomOf } from '../../scripts/prove/generate/random';
import { generateTopology, scaleOf } from '../../scripts/prove/generate/topology';
import { main } from '../../scripts/watari';
import reference from '../../stacks/topologies/reference';
import { recordedContext } from '../support/cli';

/** A sample: `npm run prove -- generated malformed` takes two hundred of each. */
const seeds = Array.from({ length: 30 }, (_, index) => index + 1);
/** Half of the malformed topologies are the reference spoilt, the others generated ones. */
const wholeOf = (seed: number): unknown => (seed % 2 === 0 ? reference : generateTopology(seed));

describe('of thirty platforms that a generator makes', () => {
  let refused: readonly number[] = [];

  it('each is accepted with everything in its place, or refused with place and fix', () => {
    const found = seeds.map((seed) => ({ seed, verdict: judge(generateTopology(seed)) }));
    const wrong = found.flatMap(({ seed, verdict }) =>
      verdict.accepted
        ? violations(verdict).map((text) => `${seed}: ${text}`)
        : verdict.problems
            .filter(({ path, message, fix }) => !path || !message || !fix)
            .map((problem) => `${seed}: ${JSON.stringify(problem)}`),
    );
    expect(wrong).toEqual([]);
    refused = found.flatMap(({ seed, verdict }) => (verdict.accepted ? [] : [seed]));
    expect(seeds.length - refused.length).toBeGreaterThan(10);
    expect(refused.length).toBeGreaterThan(5);
  });

  it('each small one that is refused is accepted once everything is done that the refusals say, and nothing else', () => {
    expect(refused).not.toEqual([]);
    const mended = refused
      .filter((seed) => ['tiny', 'small'].includes(scaleOf(seed)))
      .map((seed) => mendUntilAccepted(generateTopology(seed)));
    expect(mended.flatMap(({ verdict }) => violations(verdict))).toEqual([]);
  });

  it('each is written alike whenever it is written', () => {
    const textsOf = (topology: unknown): unknown => {
      const verdict = judge(topology);
      return verdict.accepted ? verdict.texts : verdict.problems;
    };
    for (const seed of seeds.filter((number) => number % 10 === 3)) {
      const topology = generateTopology(seed);
      expect(textsOf(JSON.parse(JSON.stringify(generateTopology(seed))))).toEqual(textsOf(topology));
    }
  });
});

describe('of thirty topologies that are spoilt at random', () => {
  const folder = mkdtempSync(join(tmpdir(), 'watari-malformed-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(seeds)('number %i is written, or refused without a trace', async (seed) => {
    const file = join(folder, `${seed}.json`);
    writeFileSync(file, JSON.stringify(spoil(randomOf(seed), wholeOf(seed))));
    const output = join(folder, `${seed}.out`);
    const context = recordedContext();
    const code = await main(['synth', '--topology', file, '--output', output], context);
    expect({ seed, code, text: context.written.stderr }).toMatchObject({
      code: code === 0 ? 0 : 2,
      text: code === 0 ? '' : (expect.stringMatching(/^error [\s\S]*\n {2}fix {4}\S[\s\S]*problems?\n$/) as unknown),
    });
    expect(context.written.stderr).not.toMatch(/^ +at .*:\d+|fault is its own/m);
    expect(existsSync(output)).toBe(code === 0);
    expect(readdirSync(folder).filter((name) => name.startsWith('.synth'))).toEqual([]);
  });
});
