import type { Problem } from '../../constructs/contract/problem';
import type { Colours } from './context';

const valueLimit = 200;

/** One block for each problem, a blank line between, the count at the end: where, what, value, bound, how to mend. */
export function formatProblems(problems: readonly Problem[], colours: Colours): string {
  const blocks = problems.map((problem) => formatProblem(problem, colours));
  const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
  return `${blocks.join('\n\n')}\n\n${colours.red(count)}\n`;
}

function formatProblem(problem: Problem, colours: Colours): string {
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['value', 'value' in problem && problem.value !== undefined ? describeValue(problem.value) : undefined],
    ['bound', problem.bound],
    ['fix', problem.fix],
  ];
  const details = rows.flatMap(([label, text]) => (text ? [`  ${colours.dim(label.padEnd(5))}  ${text}`] : []));
  const where = problem.path ? `${colours.bold(problem.path)}: ` : '';
  return [`${colours.red('error')} ${where}${problem.message}`, ...details].join('\n');
}

function describeValue(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > valueLimit ? `${text.slice(0, valueLimit)}...` : text;
}
