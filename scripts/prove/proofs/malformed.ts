import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import reference from '../../../stacks/topologies/reference';
import type { CliContext } from '../../cli/context';
import { processContext } from '../../cli/context';
import { ExitCode } from '../../cli/exit-code';
import { main } from '../../watari';
import { spoil } from '../generate/malformed';
import { randomOf } from '../generate/random';
import { generateTopology } from '../generate/topology';
import type { Proof } from '../proof';

const count = 200;
/** Documents that are right even so: some four in a hundred. With more than these, too little is refused. */
const mostHarmless = 50;
/** Every third is a generated platform spoilt, the others are the reference. */
const wholeOf = (seed: number): unknown => (seed % 3 === 0 ? generateTopology(seed) : reference);

export const proof: Proof = {
  name: 'Of 200 malformed topologies each is refused with a clear error, and nothing is written',
  minutes: 2,
  async run({ folder }) {
    mkdirSync(folder, { recursive: true });
    let seed = 0;
    let [refused, harmless, lines] = [0, 0, 0];
    while (refused < count) {
      const { code, text } = await write(folder, ++seed);
      assert.doesNotMatch(text, /^ +at .*:\d+|fault is its own/m, `document ${seed}`);
      if (code === ExitCode.done) {
        harmless++;
        assert.ok(harmless <= mostHarmless, `only ${refused} of ${seed} spoilt documents were refused`);
      } else {
        assertClear(code, text, seed);
        refused++;
        lines += text.split('\n').length;
      }
    }
    return { refused, 'harmless beside them': harmless, 'lines of an error': (lines / refused).toFixed(1) };
  },
};

function assertClear(code: number, text: string, seed: number): void {
  assert.equal(code, ExitCode.badInput, `document ${seed}: ${text}`);
  assert.match(text, /^error .*: .+\n(.*\n)* {2}fix {4}\S/, `document ${seed}`);
}

/** `watari synth` of a spoilt document; what it writes is there as a whole, or nothing is. */
async function write(folder: string, seed: number): Promise<{ code: number; text: string }> {
  const file = join(folder, 'topology.json');
  const output = join(folder, 'out');
  writeFileSync(file, JSON.stringify(spoil(randomOf(seed), wholeOf(seed))));
  let text = '';
  const stderr = { write: (part: string) => (text += part) };
  const silent: CliContext = { ...processContext(), env: {}, stdout: { write: () => true }, stderr };
  const code = await main(['synth', '--topology', file, '--output', output], silent);
  assert.equal(existsSync(output), code === ExitCode.done, `document ${seed}`);
  assert.deepEqual(
    readdirSync(folder).filter((name) => name.startsWith('.synth')),
    [],
  );
  rmSync(output, { recursive: true, force: true });
  return { code, text };
}
