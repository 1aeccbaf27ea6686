import type { Provider } from '../../constructs/contract/adapter';
import type { Enrolled } from '../support/example-site';

/** Every profile of every registered provider. Nothing else enrols one. */
export const enrolled: readonly Enrolled[] = Object.values(loadRegistry()).flatMap((provider) =>
  Object.entries(provider.profiles).map(([profile, adapter]) => {
    const example = provider.examples?.[profile];
    const title = `${provider.name}/${profile}`;
    if (!example) throw new Error(`${title} has no example yet. ${firstSteps}`);
    return { title, name: provider.name, profile, provider, adapter, example };
  }),
);

/** Those that have an optional member, or a fact, that a group of rules is about. */
export const enrolledWith = (test: (entry: Enrolled) => unknown): Enrolled[] => enrolled.filter((entry) => test(entry));

function loadRegistry(): Readonly<Record<string, Provider>> {
  try {
    return (jest.requireActual('../../constructs/providers/registry') as { registry: Record<string, Provider> })
      .registry;
  } catch (error) {
    throw new Error(`The registry cannot be loaded: ${error instanceof Error ? error.message : error}\n${firstSteps}`);
  }
}

const firstSteps = 'Run `npx jest test/conformance/registration` first: it says what is missing, one step at a time.';
