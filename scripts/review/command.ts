import { Option, type Command } from 'commander';
import type { CliContext } from '../cli/context';
import { hybridOption, jsonOption, topologyOption } from '../cli/options';
import { runWith } from '../cli/run';

export const formats = ['terminal', 'markdown', 'html', 'json', 'sarif'] as const;
export type Format = (typeof formats)[number];

export interface ReviewOptions {
  readonly topology: string;
  readonly headTopology?: string;
  readonly plan?: readonly string[];
  /** A report that was made before. */
  readonly from?: string;
  /** Commit that the report has to be about. */
  readonly commit?: string;
  readonly format: Format;
  readonly output?: string;
  readonly all: boolean;
  readonly hybrid: boolean;
  readonly json: boolean;
}

const examples = `
Examples:
  watari review                                  the working tree against where it left the main branch
  watari review origin/main HEAD -o review       writes review.md, review.html, review.json and review.sarif
  watari review --head-topology what-if.ts       what another topology would change
  watari review v1 v2 --format markdown          for a comment
  terraform show -json tf.plan > plan.json && watari review --plan plan.json

Exit codes: 0 nothing needs a decision, 1 something does, 2 bad input. docs/review.md says which change gives which.`;

export function register(program: Command, context: CliContext): void {
  program
    .command('review')
    .description('what a change really does, over all stacks, with no credentials')
    .argument(
      '[base]',
      'git revision, or a folder of `watari synth --describe` (default: the merge base with the main branch)',
    )
    .argument('[head]', 'the same (default: the working tree)')
    .addOption(topologyOption())
    .option('--head-topology <name|file>', 'another topology for the head: what would this one change?')
    .option('--plan <file...>', 'review these plans (output of `terraform show -json`), one for each stack')
    .option('--from <file>', 'print a report that was made before (review.json), and plan nothing')
    .option('--commit <sha>', 'with --from: refuse a report of any other head')
    .addOption(new Option('-f, --format <format>', 'what to print').choices(formats).default('terminal'))
    .option('-o, --output <folder>', 'write review.md, review.html, review.json and review.sarif there')
    .option('--all', 'plan every stack, also those that the change cannot touch', false)
    .addOption(hybridOption())
    .addOption(jsonOption())
    .addHelpText('after', examples)
    .action(
      runWith(context, async (base: string | undefined, head: string | undefined, options: ReviewOptions) => {
        const { review } = await import('./review');
        return review({ base, head }, options, context);
      }),
    );
}
