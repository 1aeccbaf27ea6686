import { canonical, type Fields } from '../values';
import type { CallName } from '../protocol';
import { configure } from './configured';
import { launch, type Plugin } from './plugin';
import type { RealProvider } from './providers';

/** A process of a provider; configured once, with what a stack says. */
interface Running {
  readonly plugin: Promise<Plugin>;
  /** Undefined until it is configured. */
  configuration?: string;
  ready?: Promise<void>;
}

/** How often a question is asked of a new process before it is given up. */
const attempts = 3;

/**
 * The processes of a real provider: one for each configuration, started when they are first asked, and again when they
 * die. A question over which one died is asked again, alone, so that it takes no others with it.
 */
export class RealProgram {
  private readonly running: Running[] = [];
  private turn: Promise<unknown> = Promise.resolve();

  /** @param folder for sockets */
  constructor(
    readonly provider: RealProvider,
    private readonly folder: string,
  ) {}

  /**
   * Asks a question. Throws when the provider does not start, refuses its configuration, or dies over it again and again.
   * @param stack the stack's own provider block; undefined where the answer does not depend on it
   */
  async ask(call: CallName, request: object, stack?: Fields): Promise<object> {
    try {
      return await this.askOnce(call, request, stack);
    } catch {
      const again = this.turn.then(() => this.askAgain(call, request, stack));
      this.turn = again.catch(() => undefined);
      return again;
    }
  }

  close(): void {
    for (const one of this.running.splice(0)) void end(one);
  }

  private async askAgain(call: CallName, request: object, stack?: Fields): Promise<object> {
    for (let attempt = 2; ; attempt++) {
      try {
        return await this.askOnce(call, request, stack);
      } catch (error) {
        if (attempt >= attempts) throw error;
      }
    }
  }

  private async askOnce(call: CallName, request: object, stack?: Fields): Promise<object> {
    const one = this.take(stack && this.configurationOf(stack));
    try {
      await one.ready;
      return (await (await one.plugin).ask(call, request)) as object;
    } catch (error) {
      const at = this.running.indexOf(one);
      if (at >= 0) this.running.splice(at, 1);
      void end(one);
      throw error;
    }
  }

  /** A process that has this configuration, or can get it; any, where none is asked for. */
  private take(configuration: Fields | undefined): Running {
    const wanted = configuration && canonical(configuration);
    const known = this.running.find((one) => wanted === undefined || one.configuration === wanted);
    if (known) return known;
    const free = this.running.find((one) => one.configuration === undefined);
    const one = free ?? { plugin: launch(this.provider.binary, this.folder) };
    if (!free) this.running.push(one);
    if (configuration) {
      one.configuration = canonical(configuration);
      const { binary, block } = this.provider;
      one.ready = one.plugin.then((plugin) => configure(plugin, { binary, block, configuration }));
    }
    return one;
  }

  /** Credentials are always made up; what plans depend on is what the stack says, also where it says nothing. */
  private configurationOf(stack: Fields): Fields {
    const own = this.provider.fromStack.filter((name) => stack[name] !== undefined);
    return { ...this.provider.configuration, ...Object.fromEntries(own.map((name) => [name, stack[name] ?? null])) };
  }
}

/** One that did not even start has nothing to end. */
async function end({ plugin }: Running): Promise<void> {
  try {
    (await plugin).close();
  } catch {
    return;
  }
}
