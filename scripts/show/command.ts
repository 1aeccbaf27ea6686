import { Argument, type Command } from 'commander';
import type { CliContext } from '../cli/context';
import { jsonOption, topologyOption } from '../cli/options';
import { runWith } from '../cli/run';

export const views = ['addresses', 'stacks', 'machines', 'reachability', 'capabilities', 'prerequisites'] as const;
export type View = (typeof views)[number];

export interface ShowOptions {
  /** All views in short when none is named. */
  readonly view?: View;
  readonly topology: string;
  readonly site?: string;
  readonly json: boolean;
}

const examples = `
Examples:
  watari show
  watari show reachability --site gcp
  watari show addresses --topology only-aws --json`;

export function register(program: Command, context: CliContext): void {
  program
    .command('show')
    .description('print what a topology amounts to, without touching anything')
    .addArgument(new Argument('[view]', 'which part').choices(views))
    .addOption(topologyOption())
    .option('-s, --site <id>', 'only this site')
    .addOption(jsonOption())
    .addHelpText('after', examples)
    .action(
      runWith(context, async (view: View | undefined, options: Omit<ShowOptions, 'view'>) => {
        const { show } = await import('./show');
        return show({ ...options, view }, context);
      }),
    );
}
