import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { withErrorBoundary } from '../cli/boundary';
import { processContext, type CliContext } from '../cli/context';
import { ExitCode } from '../cli/exit-code';
import { note, print, printJson } from '../cli/output';
import { findTerraform } from '../terraform/find';
import { shortcomings } from './bounds';
import { emittedResources } from './emitted';
import { measurable, measureFidelity } from './measure';
import { mergeRecords, readRecords, type Recorded, writeRecords } from './records';
import { renderFidelity, summariesOf } from './report';

interface FidelityOptions {
  readonly provider: readonly string[];
  readonly pluginDir: readonly string[];
  readonly write: boolean;
  readonly json: boolean;
}

const examples = `
Examples:
  npm run fidelity                                    all providers, from the registry
  npm run fidelity -- --provider aws@5.100.0          one; with --write the others stay as they are in the page
  npm run fidelity -- --plugin-dir ~/plugins --write  from a filesystem mirror; writes docs/fidelity.md`;

/**
 * `npm run fidelity`: compares the sandbox's verdicts and plans with those of the real providers. Returns the exit code: 1
 * where a share is below its bound (`bounds.ts`).
 */
export async function main(argv: readonly string[], context: CliContext = processContext()): Promise<number> {
  return withErrorBoundary(context, argv.includes('--json'), async () => compareAll(argv, context));
}

async function compareAll(argv: readonly string[], context: CliContext): Promise<ExitCode> {
  const options = parseOptions(argv);
  const folder = mkdtempSync(join(tmpdir(), 'watari-fidelity-'));
  try {
    const { root, env } = context;
    const { path: terraform } = await findTerraform({ root, env, note: (text) => note(context, text) });
    const emitted = emittedResources(join(folder, 'synth'));
    const [titles, date] = [measurable(root), new Date().toISOString().slice(0, 10)];
    const all: Record<string, Recorded> = {};
    for (const title of titles.filter((known) => isWanted(options, known))) {
      const work = { root, folder, terraform, pluginDirs: options.pluginDir, env };
      const measured = await measureFidelity(title, emitted, work);
      for (const line of [...summariesOf(measured), ...shortcomings(measured)]) note(context, `${title}: ${line}`);
      all[title] = { date, ...measured };
    }
    if (options.json) printJson(context, all);
    if (options.write) writeRecords(root, mergeRecords(readRecords(root), all, titles));
    else if (!options.json) print(context, renderFidelity(all));
    return Object.values(all).every((one) => shortcomings(one).length === 0) ? ExitCode.done : ExitCode.no;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const isWanted = ({ provider }: FidelityOptions, title: string): boolean =>
  provider.length === 0 || provider.some((name) => name === title || title.startsWith(`${name}@`));

function parseOptions(argv: readonly string[]): FidelityOptions {
  const collect = (value: string, all: readonly string[]): string[] => [...all, value];
  const command = new Command('npm run fidelity --')
    .description("Compares the sandbox's verdicts and plans with those of the real providers")
    .option('-p, --provider <name>', 'only this provider; may be repeated', collect, [])
    .option('--plugin-dir <folder>', 'a filesystem mirror in place of the registry; may be repeated', collect, [])
    .option('--write', 'write docs/fidelity.md and the figures beside it', false)
    .option('--json', 'one JSON document', false)
    .addHelpText('after', examples)
    .exitOverride();
  return command.parse([...argv], { from: 'user' }).opts<FidelityOptions>();
}
