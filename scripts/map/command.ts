import type { Command } from 'commander';
import type { CliContext } from '../cli/context';
import { jsonOption, topologyOption } from '../cli/options';
import { runWith } from '../cli/run';

export interface MapOptions {
  readonly topology: string;
  /** `BASE..HEAD`. */
  readonly change?: string;
  readonly output?: string;
  readonly json: boolean;
}

const examples = `
Examples:
  watari map                                   write map.html: search, zoom, details
  watari map --topology only-aws -o aws.svg    one picture, for a document
  watari map --change main..                   what the working tree changes
  watari map --change v1..v2 -o change.html    what lies between two revisions
  watari map --change out/old..out/new         two folders that \`watari synth --describe -o\` wrote`;

export function register(program: Command, context: CliContext): void {
  program
    .command('map')
    .description('draw a topology, or what a change of it does, as a page or a picture')
    .addOption(topologyOption())
    .option('-c, --change <base..head>', 'two git revisions or two synthesised folders; without HEAD: the working tree')
    .option('-o, --output <file>', 'where to write: .html or .svg (default: map.html; with --json nothing is written)')
    .addOption(jsonOption())
    .addHelpText('after', examples)
    .action(
      runWith(context, async (options: MapOptions) => {
        const { map } = await import('./map');
        return map(options, context);
      }),
    );
}
