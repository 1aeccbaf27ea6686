import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type CliContext, processContext } from '../cli/context';
import { ExitCode } from '../cli/exit-code';
import { homeFolder } from '../cli/home';
import { thisMachine } from '../cli/machine';
import { note, print } from '../cli/output';
import { renderTable } from '../cli/table';
import { deployFigures } from './deploy';
import { type Figure, amount, isMet } from './figure';
import { type BenchReport, benchReport } from './report';
import { type Size, type Workshop, openWorkshop } from './programs';
import { reviewFigures } from './review';
import { linearityFigures, pairFigures, referenceFigures } from './synth';

const usage = `npm run bench [-- [--quick] [--json FILE]]

How long things take and how much memory, beside what they should.
  --quick      a tenth of the size: to see that it runs; the targets are for the whole, and do not count
  --json FILE  where the figures go as JSON too. Default: .watari/bench/report.json

Exit code 0: every target is met; 1: one is not, or something could not be measured; 2: bad input.`;

interface Part {
  readonly name: string;
  readonly figures: (workshop: Workshop, quick: boolean) => Promise<Figure[]>;
}

const large: Size = { stacks: 40, resources: 20_000 };
const small: Size = { stacks: 8, resources: 2000 };

const parts: readonly Part[] = [
  { name: 'the reference', figures: (workshop, quick) => referenceFigures(workshop, quick ? 3 : 7) },
  { name: 'deployment', figures: (workshop, quick) => deployFigures(workshop, quick ? 1 : 3) },
  { name: 'review', figures: (workshop, quick) => reviewFigures(workshop, quick ? small : large) },
  {
    name: 'beside plain cdktf',
    figures: (workshop, quick) => pairFigures(workshop, quick ? small : large, quick ? 1 : 3),
  },
  {
    name: 'growth',
    figures: (workshop, quick) =>
      linearityFigures(workshop, quick ? [1000, 3000, 10_000] : [1000, 10_000, 100_000], quick ? 1 : 3),
  },
];

/** Measures, prints and keeps. Exit code 0: every target is met; 1: one is not, or could not be measured; 2: bad input. */
export async function main(args: readonly string[], context: CliContext = processContext()): Promise<ExitCode> {
  const options = read(args);
  if (!options) {
    note(context, usage);
    return ExitCode.badInput;
  }
  const workshop = openWorkshop(context.root, homeFolder(context));
  try {
    const figures: Figure[] = [];
    for (const { name, figures: measured } of parts) {
      note(context, `measuring ${name} ...`);
      figures.push(...(await measured(workshop, options.quick)));
    }
    print(context, render(figures));
    const report = benchReport(figures, await thisMachine(context), options.quick, new Date());
    keep(resolve(context.cwd, options.json ?? join(homeFolder(context), 'bench', 'report.json')), report);
    for (const what of report.missed) note(context, `target missed: ${what}`);
    return report.ok ? ExitCode.done : ExitCode.no;
  } catch (error) {
    note(context, error instanceof Error ? error.message : String(error));
    return ExitCode.no;
  } finally {
    workshop.close();
  }
}

function read(args: readonly string[]): { readonly quick: boolean; readonly json?: string } | undefined {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { quick: { type: 'boolean' }, json: { type: 'string' } },
    });
    return { quick: values.quick ?? false, json: values.json };
  } catch {
    return undefined;
  }
}

function render(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => {
    const { what, measured, target, unit } = figure;
    const wanted = target === undefined ? '' : `at most ${amount(target, unit)}`;
    return [what, amount(measured, unit), wanted, target === undefined ? '' : isMet(figure) ? 'met' : 'not met'];
  });
  return renderTable(['what', 'measured', 'target', ''], rows);
}

function keep(file: string, report: BenchReport): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`);
}
