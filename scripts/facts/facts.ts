import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { ProblemsError } from '../../constructs/contract/problem';
import { withErrorBoundary } from '../cli/boundary';
import { processContext, type CliContext } from '../cli/context';
import { ExitCode } from '../cli/exit-code';
import { note, print } from '../cli/output';
import { findTerraform } from '../terraform/find';
import { compareFacts, mergeFacts, type Comparison } from './compare';
import { install } from './installation';
import { measure, missingTypes } from './measure';
import { renderFacts } from './render';
import type { MeasuredFacts } from './types';
import { readUsed, type Used } from './used';

interface FactsOptions {
  readonly provider: readonly string[];
  readonly pluginDir: readonly string[];
  readonly check: boolean;
  readonly verbose: boolean;
}

const examples = `
Examples:
  npm run facts                                      make all facts afresh, with a network
  npm run facts -- --provider aws                    those of one provider
  npm run facts -- --check --plugin-dir ~/plugins    only compare, with providers from a filesystem mirror`;

/** `npm run facts`: makes the facts afresh from the providers themselves. Returns the exit code. */
export async function main(argv: readonly string[], context: CliContext = processContext()): Promise<number> {
  return withErrorBoundary(context, false, async () => runFacts(argv, context));
}

async function runFacts(argv: readonly string[], context: CliContext): Promise<ExitCode> {
  const options = parseOptions(argv);
  const chosen = readUsed(context.root).filter(
    ({ name }) => options.provider.length === 0 || options.provider.includes(name),
  );
  refuseUnknown(options, chosen);
  const say = (text: string): void => note(context, text);
  const { path } = await findTerraform({ root: context.root, env: context.env, note: say });
  let agree = true;
  for (const used of chosen) {
    const comparison = await inFolder((folder) => refresh(used, { options, context, terraform: path, folder }));
    agree &&= !comparison || comparison.different.length + comparison.onlyFresh.length === 0;
  }
  return options.check && !agree ? ExitCode.no : ExitCode.done;
}

function parseOptions(argv: readonly string[]): FactsOptions {
  const collect = (value: string, all: readonly string[]): string[] => [...all, value];
  const command = new Command('npm run facts --')
    .description('Makes the provider facts afresh: asks each provider for its schema, plans and refusals')
    .option('-p, --provider <name>', 'only this provider; may be repeated', collect, [])
    .option('--plugin-dir <folder>', 'a filesystem mirror in place of the registry; may be repeated', collect, [])
    .option('--check', 'compare with the kept facts and write nothing; exit 1 when they differ', false)
    .option('--verbose', 'print every difference', false)
    .addHelpText('after', examples)
    .exitOverride();
  return command.parse([...argv], { from: 'user' }).opts<FactsOptions>();
}

interface Work {
  readonly options: FactsOptions;
  readonly context: CliContext;
  readonly terraform: string;
  readonly folder: string;
}

async function refresh(used: Used, { options, context, terraform, folder }: Work): Promise<Comparison | undefined> {
  const title = `${used.name}@${used.version}`;
  note(context, `${title}: installing`);
  const installation = await install(used, { terraform, folder, pluginDirs: options.pluginDir, env: context.env });
  refuseMissing(used, missingTypes(used, installation));
  const startedAt = Date.now();
  const date = new Date().toISOString().slice(0, 10);
  const say = (type: string): void => note(context, `${title}: ${type}`);
  const fresh = await measure({ used, installation, folder, date, note: say });
  const kept = existsSync(used.path) ? (JSON.parse(readFileSync(used.path, 'utf8')) as MeasuredFacts) : undefined;
  if (!options.check) writeFileSync(used.path, renderFacts(kept ? mergeFacts(kept, fresh) : fresh));
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
  print(context, `${title}: ${Object.keys(fresh.resources).length} resources asked in ${seconds} s`);
  const comparison = kept && compareFacts(kept, fresh);
  if (comparison) printComparison(context, comparison, options.verbose);
  return comparison;
}

function printComparison(context: CliContext, comparison: Comparison, isVerbose: boolean): void {
  const { same, different, onlyKept, onlyFresh } = comparison;
  const counts = `${same} the same, ${different.length} different, ${onlyKept.length} only in the kept facts, ${onlyFresh.length} new`;
  print(context, `  ${counts}`);
  if (!isVerbose) return;
  const sections = { different, 'only kept': onlyKept, new: onlyFresh };
  for (const [title, lines] of Object.entries(sections))
    for (const line of lines) print(context, `  ${title}: ${line}`);
}

function refuseUnknown(options: FactsOptions, chosen: readonly Used[]): void {
  const unknown = options.provider.filter((name) => !chosen.some((used) => used.name === name));
  if (unknown.length === 0) return;
  const fix = 'Name a provider of a constructs/providers/*/schema/used.json.';
  throw new ProblemsError([{ path: '--provider', message: 'is used by no adapter', value: unknown.join(', '), fix }]);
}

function refuseMissing({ name, version, adapter }: Used, missing: readonly string[]): void {
  if (missing.length === 0) return;
  const path = `constructs/providers/${adapter}/schema/used.json`;
  const message = `names what ${name} ${version} does not have`;
  throw new ProblemsError([{ path, message, value: missing.join(', '), fix: 'Correct the names, or remove them.' }]);
}

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'watari-facts-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
