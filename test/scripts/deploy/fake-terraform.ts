import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StackSpec } from '../../../constructs/contract/stack';
import type { ProbedMachine } from '../../../scripts/deploy/health';
import { runPhase, type Run } from '../../../scripts/deploy/phases';
import { planLines, type Plan, shownPlan } from './example-plans';
import type { Phase } from '../../../scripts/deploy/stack-work';
import { unprovenIn } from '../../../scripts/deploy/unproven';

export interface FakeRun {
  readonly run: Run;
  phase(phase: Phase, specs: readonly StackSpec[]): ReturnType<typeof runPhase>;
  plan(stack: string, plan: Plan): void;
  /** The step that fails from now on, `plan` or `apply`. @param says what it prints. @default the step is broken */
  fail(stack: string, step: string, says?: string): void;
  /** The step works again. */
  mend(stack: string, step: string): void;
  /** As Ctrl-C does. */
  interrupt(): void;
  /** Calls so far but for `show`, as `gcp-live apply watari.plan`; probes as `probe NAME`. */
  calls(): string[];
}

const script = (log: string): string => `#!/bin/sh
stack=$(basename "$PWD")
words=$(echo "$*" | sed -e 's/ -no-color//g' -e 's/ -json//' -e 's/ -detailed-exitcode//' -e 's/ -out=[^ ]*//' -e 's/ -auto-approve//' -e 's/ -parallelism=[0-9]*//' -e 's/ -reconfigure//' -e 's/ -input=false//')
[ "$1" = show ] || [ "$1" = state ] || echo "$stack $words" >> ${log}
if [ -f "fails-at-$1" ]; then cat "fails-at-$1"; exit 1; fi
case "$1" in
  plan) if [ -s plan.json ]; then cat plan.lines; exit 2; fi ;;
  show) cat plan.json ;;
  apply) : > plan.json ;;
  state) cat state.json 2>/dev/null || true ;;
esac
`;

/** Stacks that are worked on by a script in Terraform's place, in a folder of the test's. */
export function fakeRun(
  folder: string,
  machines: Readonly<Record<string, readonly string[]>> = {},
  serves: (machine: string) => boolean = () => true,
): FakeRun {
  const log = join(folder, 'log');
  const program = join(folder, 'terraform');
  writeFileSync(program, script(log));
  chmodSync(program, 0o755);
  const at = (stack: string): string => {
    const path = join(folder, 'stacks', stack);
    mkdirSync(path, { recursive: true });
    writeFileSync(join(path, 'cdk.tf.json'), '{"terraform":{}}');
    return path;
  };
  const probe = ({ name }: ProbedMachine): Promise<boolean> => {
    writeFileSync(log, `probe ${name}\n`, { flag: 'a' });
    return Promise.resolve(serves(name));
  };
  const controller = new AbortController();
  const run: Run = {
    program,
    target: {
      prepare: (stack) => Promise.resolve({ folder: at(stack), env: { PATH: process.env.PATH ?? '' } }),
      probe,
      missingImages: () => Promise.resolve([]),
      close: () => Promise.resolve(),
    },
    synthesised: folder,
    screen: { start: () => ({ say: () => undefined, end: () => undefined }), close: () => undefined },
    machines: new Map(
      Object.entries(machines).map(([stack, names]) => [
        stack,
        names.map((name) => ({ name, address: '10.0.0.1', port: 8080, path: '/health' })),
      ]),
    ),
    healthSeconds: 0.05,
    width: 3,
    unproven: unprovenIn(join(folder, 'unproven.json')),
    signal: controller.signal,
  };
  const plan = (stack: string, changes: Plan): void => {
    writeFileSync(join(at(stack), 'plan.json'), shownPlan(changes));
    writeFileSync(join(at(stack), 'plan.lines'), planLines(changes));
  };
  return {
    run,
    phase: (phase, specs) => runPhase(run, specs, phase),
    plan,
    fail: (stack, step, says = `${step} is broken`) => writeFileSync(join(at(stack), `fails-at-${step}`), `${says}\n`),
    mend: (stack, step) => rmSync(join(at(stack), `fails-at-${step}`)),
    interrupt: () => controller.abort(),
    calls: () => (existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : []),
  };
}
