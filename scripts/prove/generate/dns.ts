import { registry } from '../../../constructs/providers/registry';
import type { SiteExample } from '../../../constructs/contract/adapter';
import type { Random } from './random';

/** Names at one of the providers that have them. */
export function exampleDns(random: Random, stores: readonly string[]): Record<string, unknown> {
  const able = Object.entries(registry).flatMap(([provider, { examples }]) =>
    Object.values(examples as Readonly<Record<string, SiteExample>>).flatMap(({ dns }) =>
      dns === undefined ? [] : [{ provider, settings: dns }],
    ),
  );
  return {
    ...random.pick(able),
    store: random.pick(stores),
    ...(random.chance(30) ? { ttlSeconds: random.int(5, 86400) } : {}),
  };
}
