import { writeFileSync } from 'node:fs';
import type { AggregatedResult, AssertionResult, TestContext } from '@jest/test-result';
import { notApplicableTests } from '../not-applicable';
import { readNeeds, readNotApplicable } from './outcome-markers';

export interface Outcome {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly notApplicable: number;
  /** What is wrong with the run itself, one sentence each; each counts as a failure. */
  readonly complaints: readonly string[];
}

interface RunConfiguration {
  readonly testNamePattern?: string;
  readonly testPathPatterns?: { readonly patterns: readonly string[] };
}

/** Prints what did not run and why, and hands the counts to whoever started Jest (WATARI_TEST_SUMMARY names a file). */
export default class OutcomeReporter {
  private complaints: readonly string[] = [];

  constructor(private readonly config: RunConfiguration) {}

  onRunComplete(_contexts: Set<TestContext>, results: AggregatedResult): void {
    const tests = results.testResults.flatMap((file) => file.testResults);
    const isFullRun = (this.config.testPathPatterns?.patterns ?? []).length === 0 && !results.wasInterrupted;
    process.stderr.write(describeNotRun(tests));
    // With `-t` Jest skips whatever has another name.
    this.complaints = this.config.testNamePattern ? [] : complaints(tests, isFullRun);
    for (const complaint of this.complaints) process.stderr.write(`\n${complaint}\n`);
    const summary = process.env.WATARI_TEST_SUMMARY;
    if (summary) writeFileSync(summary, JSON.stringify(count(results, this.complaints)));
  }

  getLastError(): Error | undefined {
    return this.complaints.length > 0 ? new Error(this.complaints.join('\n')) : undefined;
  }
}

function count(results: AggregatedResult, found: readonly string[]): Outcome {
  return {
    passed: results.numPassedTests,
    failed: results.numFailedTests + results.numRuntimeErrorTestSuites + found.length,
    skipped: results.numPendingTests,
    notApplicable: results.numTodoTests,
    complaints: found,
  };
}

function describeNotRun(tests: readonly AssertionResult[]): string {
  const inapplicable = tests.flatMap((test) => readNotApplicable(test.title) ?? []);
  const needs = skippedTests(tests).flatMap((test) => readNeeds(test.fullName));
  const counts = [...new Set(needs)].sort().map((need) => [need, needs.filter((n) => n === need).length] as const);
  return [
    ...heading('Not applicable:', inapplicable.map(({ id, reason }) => `  ${id}: ${reason}`).sort()),
    ...heading(
      'Skipped for want of:',
      counts.map(([need, times]) => `  ${need} (${times} tests)`),
    ),
  ].join('');
}

function heading(title: string, lines: readonly string[]): string[] {
  return lines.length > 0 ? ['\n', title, '\n', ...lines.map((line) => `${line}\n`)] : [];
}

function complaints(tests: readonly AssertionResult[], isFullRun: boolean): string[] {
  const unexplained = skippedTests(tests).filter((test) => readNeeds(test.fullName).length === 0);
  const used = new Set(tests.map((test) => readNotApplicable(test.title)?.id));
  const unused = isFullRun ? Object.keys(notApplicableTests).filter((id) => !used.has(id)) : [];
  const todo = tests.filter((test) => test.status === 'todo' && !readNotApplicable(test.title));
  return [
    ...unexplained.map((test) => `Skipped without a reason (use describeWith): ${test.fullName}`),
    ...todo.map((test) => `Left to do: ${test.fullName}`),
    ...unused.map((id) => `In test/not-applicable.ts, but used by no test: ${id}`),
  ];
}

function skippedTests(tests: readonly AssertionResult[]): AssertionResult[] {
  return tests.filter((test) => test.status === 'pending');
}
