import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../../scripts/sandbox/server';
import { terraformEnvironment } from '../../../scripts/terraform/environment';
import { terraformBinary } from '../../support/programs';
import { exampleFacts, exampleSimulation } from './example-provider';

export interface Result {
  readonly code: number | null;
  /** Both streams, colours off, lines that Terraform wraps put together again. */
  readonly output: string;
}

type Resources = Readonly<Record<string, Readonly<Record<string, object>>>>;

/** A folder with a configuration, a cloud of its own, and the real Terraform. */
export class Workbench {
  readonly folder = mkdtempSync(join(tmpdir(), 'watari-test-'));
  readonly cloudFile = join(this.folder, 'cloud.jsonl');
  private running: Sandbox | undefined;

  /** Begins with what another holds: its stacks with their states, and its cloud. Start the sandbox afterwards. */
  continueFrom(other: Workbench): void {
    cpSync(other.folder, this.folder, { recursive: true });
  }

  start(options: Partial<SandboxOptions> = {}): Sandbox {
    const defaults = { cloudFile: this.cloudFile, simulations: [exampleSimulation], facts: [exampleFacts] };
    this.running = startSandbox({ ...defaults, ...options });
    return this.running;
  }

  /** Writes a stack that uses the example provider. */
  write(resource: Resources, { stack = 'stack', ...more }: { stack?: string; [block: string]: unknown } = {}): string {
    const folder = join(this.folder, stack);
    mkdirSync(folder, { recursive: true });
    const required_providers = { cloud: { source: 'example/cloud' } };
    writeFileSync(
      join(folder, 'main.tf.json'),
      JSON.stringify({ terraform: { required_providers }, resource, ...more }),
    );
    return folder;
  }

  async terraform(
    args: readonly string[],
    { stack = 'stack', env = {} }: { stack?: string; env?: Record<string, string> } = {},
  ): Promise<Result> {
    const served = await this.running?.env(stack);
    return run(terraformBinary() ?? 'terraform', args, join(this.folder, stack), { ...served, ...env });
  }

  async init(stack = 'stack'): Promise<Result> {
    return this.terraform(['init', '-input=false', '-no-color'], { stack });
  }

  async apply(stack = 'stack', ...args: readonly string[]): Promise<Result> {
    return this.terraform(['apply', '-auto-approve', '-input=false', '-no-color', ...args], { stack });
  }

  /** Exit code 0: nothing to change; 2: changes. */
  async plan(stack = 'stack', ...args: readonly string[]): Promise<Result> {
    return this.terraform(['plan', '-detailed-exitcode', '-input=false', '-no-color', ...args], { stack });
  }

  async destroy(stack = 'stack'): Promise<Result> {
    return this.terraform(['destroy', '-auto-approve', '-input=false', '-no-color'], { stack });
  }

  async stop(): Promise<void> {
    await this.running?.close();
    this.running = undefined;
  }

  async close(): Promise<void> {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Runs a program to its end, or interrupts it after some milliseconds. */
export function run(
  program: string,
  args: readonly string[],
  cwd: string,
  env: Record<string, string>,
  interruptAfter?: number,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env: { ...terraformEnvironment(process.env).env, ...env } });
    if (interruptAfter !== undefined) setTimeout(() => child.kill('SIGINT'), interruptAfter);
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output: unwrapped(Buffer.concat(chunks).toString()) }));
  });
}

function unwrapped(text: string): string {
  return text.replace(/\n│ (?=\S)/g, ' ').replace(/ +/g, ' ');
}
