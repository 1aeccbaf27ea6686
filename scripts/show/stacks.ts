import { stacksOf } from '../../stacks/main';
import type { Platform } from '../../stacks/platform/platform';
import type { ShownView } from './view';

/** The stacks in order of deployment. */
export function stacks(platform: Platform): ShownView {
  const rows = stacksOf(platform).map((spec) => ({
    sites: spec.sites,
    cells: {
      stack: spec.id,
      what: spec.empty ? `${spec.title} (nothing placed)` : spec.title,
      state: spec.store,
      after: spec.dependsOn.join(', '),
    },
  }));
  return { title: 'Stacks, in order', columns: ['stack', 'what', 'state', 'after'], rows };
}
