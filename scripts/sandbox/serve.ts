import { once } from 'node:events';
import { registry } from '../../constructs/providers/registry';
import type { CliContext } from '../cli/context';
import { ExitCode } from '../cli/exit-code';
import { note, print } from '../cli/output';
import { listFacts } from '../facts/store';
import { adoptedBy } from './adopted';
import type { SandboxOptions } from './command';
import { realProvidersFor } from './real/chosen';
import { cloudFileOf } from './sandbox';
import { startSandbox } from './server';

/** Serves every provider until it is interrupted, and prints what a shell needs to use it. */
export async function serve(options: SandboxOptions, context: CliContext): Promise<ExitCode> {
  const cloudFile = await cloudFileOf(options, context);
  const simulations = Object.values(registry).flatMap((provider) => [...provider.simulations]);
  const facts = listFacts(context.root).map(({ path }) => path);
  const sandbox = startSandbox({
    cloudFile,
    simulations,
    facts,
    seeds: await adoptedBy(options.topology, context),
    realProviders: realProvidersFor(options, context),
  });
  try {
    for (const [name, value] of Object.entries(await sandbox.env())) print(context, `export ${name}='${value}'`);
    note(
      context,
      `The simulated cloud is ${cloudFile}. In another shell, set the variable above; Ctrl-C ends it here.`,
    );
    await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
    return ExitCode.done;
  } finally {
    await sandbox.close();
  }
}
