import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Problem, ProblemsError } from '../../../constructs/contract/problem';
import { loadPlatform, synthesize } from '../../../stacks/main';
import type { Platform } from '../../../stacks/platform/platform';
import type { StackSpec } from '../../../constructs/contract/stack';

/** What becomes of a topology: a platform with its stacks as they are written, or what is wrong with it. */
export type Verdict =
  | {
      readonly accepted: true;
      readonly platform: Platform;
      readonly specs: readonly StackSpec[];
      /** Text of `cdk.tf.json` by stack. */
      readonly texts: Readonly<Record<string, string>>;
    }
  | { readonly accepted: false; readonly problems: readonly Problem[] };

/** Loads and synthesises. Whatever is thrown but problems is Watari's own fault, and is thrown on. */
export function judge(topology: unknown): Verdict {
  const folder = mkdtempSync(join(tmpdir(), 'watari-generated-'));
  try {
    const platform = loadPlatform(topology);
    const out = join(folder, 'out');
    const specs = synthesize(platform, out);
    const read = (id: string): string => readFileSync(join(out, 'stacks', id, 'cdk.tf.json'), 'utf8');
    return { accepted: true, platform, specs, texts: Object.fromEntries(specs.map(({ id }) => [id, read(id)])) };
  } catch (error) {
    if (!(error instanceof ProblemsError)) throw error;
    const left = readdirSync(folder);
    if (left.length > 0) throw new Error(`a refused topology left ${left.join(', ')} behind`, { cause: error });
    return { accepted: false, problems: error.problems };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
