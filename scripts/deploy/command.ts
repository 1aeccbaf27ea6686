import { InvalidArgumentError, type Command } from 'commander';
import type { CliContext } from '../cli/context';
import { hybridOption, jsonOption, topologyOption } from '../cli/options';
import { runWith } from '../cli/run';

export interface DeployOptions {
  readonly topology: string;
  readonly sandbox: boolean;
  /** In the sandbox real providers on this machine plan. */
  readonly hybrid?: boolean;
  readonly destroy: boolean;
  readonly site: readonly string[];
  readonly stack: readonly string[];
  /** review.json of the change: nothing else is applied. */
  readonly reviewed?: string;
  /** Seconds. */
  readonly healthTimeout: number;
  readonly json: boolean;
}

const examples = `
Examples:
  watari deploy --sandbox                everything, into the simulated cloud
  watari deploy --sandbox --destroy      take it down again
  watari deploy --site gcp --site aws    the stacks of two sites
  watari deploy --stack cage-live-a      one stack`;

export function register(program: Command, context: CliContext): void {
  program
    .command('deploy')
    .description('apply all stacks in order, in parallel where they may; run again to resume')
    .addOption(topologyOption())
    .option('--sandbox', 'into the simulated cloud: no account, no credentials', false)
    .addOption(hybridOption())
    .option('--destroy', 'take down instead, in the reverse order', false)
    .option('-s, --site <id>', 'only the stacks of this site (repeatable)', collect, [])
    .option('--stack <name>', 'only this stack (repeatable)', collect, [])
    .option('--reviewed <file>', 'apply only what this review (review.json) has shown')
    .option(
      '--health-timeout <seconds>',
      'how long machines may take to answer before the other half is touched; 0: do not ask',
      seconds,
      defaultHealthSeconds,
    )
    .addOption(jsonOption())
    .addHelpText('after', examples)
    .action(
      runWith(context, async (options: DeployOptions) => {
        const { deploy } = await import('./deploy');
        return deploy(options, context);
      }),
    );
}

/** A bare-metal machine takes minutes to deploy and boot. */
const defaultHealthSeconds = 1200;

function seconds(value: string): number {
  const number = Number(value);
  if (Number.isInteger(number) && number >= 0) return number;
  throw new InvalidArgumentError('a whole number of seconds, 0 or more');
}

function collect(value: string, previous: readonly string[]): readonly string[] {
  return [...previous, value];
}
