import type { StackSpec } from '../../../constructs/contract/stack';

/** A planned stack that is nothing but its name, and what a test says of it. */
export const specOf = (id: string, more: Partial<StackSpec> = {}): StackSpec => ({
  id,
  kind: 'network',
  title: id,
  sites: [],
  store: 'store',
  dependsOn: [],
  after: [],
  devices: [],
  handleKeys: [],
  empty: false,
  build: () => ({}),
  ...more,
});
