import { Command } from 'commander';
import { register as bootstrap } from './bootstrap/command';
import { withErrorBoundary } from './cli/boundary';
import { processContext, type CliContext } from './cli/context';
import { register as deploy } from './deploy/command';
import { register as image } from './image/command';
import { register as map } from './map/command';
import { register as review } from './review/command';
import { register as sandbox } from './sandbox/command';
import { register as show } from './show/command';
import { register as synth } from './synth/command';
import { version } from '../package.json';

const examples = `
Examples:
  watari show                            what the reference topology amounts to
  watari map                             draw it: a page with search and details
  watari synth --topology only-aws       write cdktf.out for another topology
  watari deploy --sandbox                deploy everything into the simulated cloud
  watari sandbox -- npx cdktf diff       any cdktf command against the simulated cloud

Exit codes: 0 done, 1 the answer is no, 2 bad input, 70 a fault of Watari itself.`;

/** Runs one command line (without `node` and the script) and returns its exit code. Throws nothing. */
export async function main(args: readonly string[], context: CliContext = processContext()): Promise<number> {
  return withErrorBoundary(context, wantsJson(args), async () => {
    await program(context).parseAsync(args, { from: 'user' });
    return context.outcome.exitCode;
  });
}

/** The command line with all its commands; their implementations are loaded when they run. */
export function program(context: CliContext): Command {
  const watari = new Command('watari')
    .description('Describes a whole live-streaming platform once and deploys it on any provider')
    .version(version)
    .addHelpText('after', examples)
    .configureOutput({
      writeOut: (text) => context.stdout.write(text),
      writeErr: (text) => context.stderr.write(text),
    })
    .showHelpAfterError('(watari --help shows the commands, watari COMMAND --help its options)')
    .exitOverride()
    .enablePositionalOptions();
  for (const register of [synth, show, map, sandbox, deploy, bootstrap, image, review]) register(watari, context);
  return watari;
}

function wantsJson(args: readonly string[]): boolean {
  const own = args.includes('--') ? args.slice(0, args.indexOf('--')) : args;
  return own.includes('--json');
}
