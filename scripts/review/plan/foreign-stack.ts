import type { DescribedStack } from '../../../stacks/description/description';

/** A stack of which nothing is known but its name: a plan of somebody else's. */
export const foreignStack = (id: string): DescribedStack => ({
  ...{ id, title: id, kind: 'system', sites: [], dependsOn: [], after: [], handleKeys: [], empty: false },
  store: { id: '', kind: '', failureDomain: '' },
});
