import { Option, type Command } from 'commander';
import type { CliContext } from '../cli/context';
import { jsonOption, topologyOption } from '../cli/options';
import { runWith } from '../cli/run';

export interface SynthOptions {
  readonly topology: string;
  readonly output?: string;
  /** cdktf runs this: its context comes by environment variables, and it prints for itself. */
  readonly forCdktf?: boolean;
  readonly describe: boolean;
  readonly json: boolean;
}

const examples = `
Examples:
  watari synth
  watari synth --topology only-gcp --output out/gcp
  npx cdktf synth                        the same through cdktf, which runs this command`;

export function register(program: Command, context: CliContext): void {
  program
    .command('synth')
    .description('turn a topology into Terraform configurations, one folder for each stack')
    .addOption(topologyOption())
    .option('-o, --output <folder>', 'where to write (default: the folder that cdktf.json names)')
    .option('--describe', 'write platform.json too: what reviews and pictures know of the platform', false)
    .addOption(new Option('--for-cdktf').hideHelp())
    .addOption(jsonOption())
    .addHelpText('after', examples)
    .action(
      runWith(context, async (options: SynthOptions) => {
        const { synth } = await import('./synth');
        return synth(options, context);
      }),
    );
}
