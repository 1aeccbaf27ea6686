import type { Command } from 'commander';
import { ProblemsError } from '../../constructs/contract/problem';
import type { CliContext } from '../cli/context';
import { hybridOption, jsonOption, topologyOption } from '../cli/options';
import { runWith } from '../cli/run';
import type { Tampering } from './tamper';

export interface SandboxOptions {
  /** Each topology has a simulated cloud of its own. */
  readonly topology: string;
  readonly cloud?: string;
  /** Real providers on this machine plan in the place of their simulations. */
  readonly hybrid?: boolean;
  readonly json: boolean;
}

const examples = `
Examples:
  watari sandbox -- npx cdktf deploy '*' --auto-approve --skip-provider-lock
  watari sandbox -- terraform plan
  watari sandbox --hybrid -- terraform plan     by the real providers that are on this machine
  watari sandbox ls                      what exists in the simulated cloud
  watari sandbox rm aws_instance NAME    remove a machine behind Terraform’s back
  watari sandbox                         serve until Ctrl-C, for another shell`;

export function register(program: Command, context: CliContext): void {
  const command = program
    .command('sandbox')
    .description('run a terraform, tofu or cdktf command against the simulated cloud')
    .usage('[options] -- <command...>')
    .argument('[command...]', 'after --: the command with its arguments')
    .passThroughOptions()
    .addHelpText('after', examples)
    .action(
      runWith(context, async (words: readonly string[], options: SandboxOptions) => {
        const { runCommand } = await import('./sandbox');
        return runCommand(words, options, context);
      }),
    );
  addOptions(command);
  command.addOption(hybridOption());
  const list = command
    .command('ls')
    .description('list what exists in the simulated cloud, by stack')
    .action(
      runWith(context, async (_options: SandboxOptions, self: Command) => {
        const { list } = await import('./sandbox');
        return list(optionsOf(self, command), context);
      }),
    );
  addOptions(list);
  registerTampering(command, context);
}

interface Tool {
  readonly usage: string;
  readonly description: string;
  read(words: readonly string[]): Tampering;
}

const tools: readonly Tool[] = [
  {
    usage: 'rm <type> <name>',
    description: 'remove an object behind Terraform’s back (drift)',
    read: ([type = '', name = '']) => ({ act: 'rm', type, name }),
  },
  {
    usage: 'set <type> <name> <attribute=value...>',
    description: 'change an object behind Terraform’s back (drift)',
    read: ([type = '', name = '', ...changes]) => ({ act: 'set', type, name, changes }),
  },
  {
    usage: 'withhold <prerequisite>',
    description: 'take a prerequisite away: the API then fails as without it',
    read: ([prerequisite = '']) => ({ act: 'withhold', prerequisite }),
  },
  {
    usage: 'grant <prerequisite>',
    description: 'give it back',
    read: ([prerequisite = '']) => ({ act: 'grant', prerequisite }),
  },
  {
    usage: 'quota <quota> <limit>',
    description: 'set the bound of a quota',
    read: ([quota = '', limit = '']) => ({ act: 'quota', quota, limit: wholeNumber(limit) }),
  },
];

function wholeNumber(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  const fix = 'Write a whole number, 0 or more.';
  throw new ProblemsError([{ path: 'watari sandbox quota', message: 'the limit is no number', value: text, fix }]);
}

function registerTampering(parent: Command, context: CliContext): void {
  for (const tool of tools) {
    const made = parent.command(tool.usage).description(tool.description);
    addOptions(made);
    made.action(
      runWith(context, async () => {
        const { tamper } = await import('./tamper');
        return tamper(tool.read(made.processedArgs.flat().map(String)), optionsOf(made, parent), context);
      }),
    );
  }
}

/** `sandbox -t X ls` and `sandbox ls -t X` mean the same. */
function optionsOf(inner: Command, outer: Command): SandboxOptions {
  const given = Object.entries(inner.opts()).filter(([name]) => inner.getOptionValueSource(name) === 'cli');
  return { ...outer.opts<SandboxOptions>(), ...Object.fromEntries(given) };
}

function addOptions(command: Command): void {
  command
    .addOption(topologyOption())
    .option('--cloud <file>', 'where the simulated cloud is kept (default: in .watari, one for each topology)')
    .addOption(jsonOption());
}
