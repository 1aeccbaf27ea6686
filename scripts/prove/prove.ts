import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { homeFolder } from '../cli/home';
import { processContext, type CliContext } from '../cli/context';
import { ExitCode } from '../cli/exit-code';
import { thisMachine } from '../cli/machine';
import { note, print, printJson } from '../cli/output';
import { killLaunchedOnInterrupt } from './launch';
import type { Proof } from './proof';
import { writeRecord } from './record';
import { joinReports, type ProofReport, type ProofRow, renderProofs } from './report';
import { runProof } from './run-proof';

const usage = `npm run prove [-- [NAME...] [--list] [--fresh] [--json]]

What is too long for npm test. Run again it resumes, after an interrupt too: a proof that held over the same sources is not repeated.
  NAME     only these proofs
  --list   the names of all
  --fresh  forget earlier results
  --json   one JSON document instead of the table; it is also kept in .watari/prove/report.json, with the proofs run before over the same sources`;

/** Runs the long proofs one after the other. Exit code 0: all hold, 1: one does not, 2: no such proof. */
export async function main(args: readonly string[], context: CliContext = processContext()): Promise<ExitCode> {
  const options = read(args);
  const known = proofNames(context.root);
  const unknown = options?.names.filter((name) => !known.includes(name)) ?? [];
  if (!options || unknown.length > 0) {
    note(context, unknown.length > 0 ? `No such proof: ${unknown.join(', ')}. There are ${known.join(', ')}.` : usage);
    return ExitCode.badInput;
  }
  if (options.list) return list(known, context);
  const stop = killLaunchedOnInterrupt();
  const { report, rows } = await runAll(options, known, context).finally(stop);
  if (options.json) printJson(context, report);
  else print(context, renderProofs(rows));
  return rows.every(({ ok }) => ok) ? ExitCode.done : ExitCode.no;
}

type Options = NonNullable<ReturnType<typeof read>>;

interface Outcome {
  /** Also of proofs that were run before, over the same sources. */
  readonly report: ProofReport;
  /** Of those that were asked for. */
  readonly rows: readonly ProofRow[];
}

async function list(names: readonly string[], context: CliContext): Promise<ExitCode> {
  for (const name of names) {
    const { name: sentence, minutes } = await loadProof(name);
    print(context, `${name.padEnd(24)} ${sentence} (about ${minutes} min)`);
  }
  return ExitCode.done;
}

function read(args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { list: { type: 'boolean' }, fresh: { type: 'boolean' }, json: { type: 'boolean' } },
    });
    const { list = false, fresh = false, json = false } = values;
    return { names: positionals, list, fresh, json };
  } catch {
    return undefined;
  }
}

async function runAll({ names, fresh }: Options, known: readonly string[], context: CliContext): Promise<Outcome> {
  const { root } = context;
  const home = join(homeFolder(context), 'prove');
  const sources = hashOfSources(root);
  const machine = await thisMachine(context);
  const file = join(home, 'report.json');
  const rows: ProofRow[] = [];
  let report = joinReports(readReport(file), sources, machine, rows);
  for (const id of names.length > 0 ? names : known) {
    if (fresh) rmSync(join(home, `${id}.json`), { force: true });
    const proof = await loadProof(id);
    const say = (text: string): void => note(context, `${id}: ${text}`);
    say('started');
    rows.push({ id, name: proof.name, ...(await runProof(id, proof, { root, home, sources, say })) });
    say(rows.at(-1)?.ok ? 'holds' : 'FAILED');
    report = joinReports(report, sources, machine, rows);
    writeRecord(file, report);
  }
  return { report, rows };
}

const readReport = (file: string): ProofReport | undefined =>
  existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as ProofReport) : undefined;

/** Every file of `proofs/` is one, by its name. */
function proofNames(root: string): string[] {
  const files = readdirSync(join(root, 'scripts', 'prove', 'proofs')).filter((file) => file.endsWith('.ts'));
  return files.map((file) => basename(file, '.ts')).sort();
}

async function loadProof(id: string): Promise<Proof> {
  const module = (await import(`./proofs/${id}.ts`)) as { readonly proof: Proof };
  return module.proof;
}

/** As the launcher names the bundle that it runs: the same sources, the same proofs. */
function hashOfSources(root: string): string {
  const ask = `import { hashSources } from './bin/sources.mjs'; process.stdout.write(hashSources(process.cwd()));`;
  return execFileSync(process.execPath, ['--input-type=module', '-e', ask], { cwd: root, encoding: 'utf8' });
}
