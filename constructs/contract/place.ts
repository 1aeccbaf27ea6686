import type { Adapter } from './adapter';
import type { PinnedImages } from './image';
import type { Site } from './site';

/** A site with the adapter that builds there: what systems and neutral constructs are given. */
export interface Place {
  readonly site: Site;
  readonly adapter: Adapter;
  /** Everything here is being taken down. */
  readonly retired: boolean;
  /** May carry traffic between two of its links. */
  readonly transit: boolean;
  /** The images of the topology's stage. */
  readonly images: PinnedImages;
}
