import type { Command } from 'commander';
import type { CliContext } from '../cli/context';
import { jsonOption, topologyOption } from '../cli/options';
import { runWith } from '../cli/run';

export interface BootstrapOptions {
  readonly topology: string;
  readonly sandbox: boolean;
  readonly json: boolean;
}

const examples = `
Examples:
  watari bootstrap                       make the state stores that the topology owns
  watari bootstrap --sandbox             rehearse it in the simulated cloud`;

export function register(program: Command, context: CliContext): void {
  program
    .command('bootstrap')
    .description('make the state stores that do not exist yet; those that exist are left alone')
    .addOption(topologyOption())
    .option('--sandbox', 'in the simulated cloud: no account, no credentials', false)
    .addOption(jsonOption())
    .addHelpText('after', examples)
    .action(
      runWith(context, async (options: BootstrapOptions) => {
        const { bootstrap } = await import('./bootstrap');
        return bootstrap(options, context);
      }),
    );
}
