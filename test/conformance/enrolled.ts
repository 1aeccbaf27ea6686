import type { Provider, SiteExample } from '../../constructs/contract/adapter';
import { finishedProvider, withoutTrace } from '../support/enrolment';
import type { Enrolled } from '../support/example-site';

/** Every profile of every registered provider. Nothing else enrols one. */
export const enrolled: readonly Enrolled[] = Object.entries(loadRegistry()).flatMap(([key, registered]) => {
  const provider = finishedProvider(key, registered);
  return Object.entries(provider.profiles).map(([profile, adapter]) => {
    const title = `${provider.name}/${profile}`;
    return {
      title,
      name: provider.name,
      profile,
      provider,
      adapter,
      example: provider.examples[profile] as SiteExample,
    };
  });
});

/** Those that have an optional member, or a fact, that a group of rules is about. */
export const enrolledWith = (test: (entry: Enrolled) => unknown): Enrolled[] => enrolled.filter((entry) => test(entry));

function loadRegistry(): Readonly<Record<string, Provider | undefined>> {
  try {
    return (jest.requireActual('../../constructs/providers/registry') as { registry: Record<string, Provider> })
      .registry;
  } catch (error) {
    const reason = (error instanceof Error ? error.message : String(error)).split('\n')[0];
    throw withoutTrace(
      `constructs/providers/registry.ts cannot be loaded: ${reason}\n` +
        'Run `npx jest test/conformance/registration` first: it says what is missing, one step at a time.',
    );
  }
}
