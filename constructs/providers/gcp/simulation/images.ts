import { type ImageReference, imageName, imagePrerequisites } from '../../../contract/image';
import type { Site } from '../../../contract/site';
import type {
  SimulatedAttributes,
  SimulatedFunction,
  SimulatedReference,
  SimulatedSeed,
} from '../../../contract/simulation';
import { image } from '../image';
import { imageProjectOf } from '../settings';
import { computeBase, idIn } from './place';

/** The platform's images in the project of a site. */
export function seeds(site: Site, images: readonly ImageReference[]): readonly SimulatedSeed[] {
  const project = imageProjectOf(site);
  return images.map((reference) => {
    const id = image.name(site, reference);
    const attributes = { name: imageName(reference), project, self_link: computeBase + id };
    return { prerequisites: imagePrerequisites(reference), type: 'google_compute_image', id, attributes };
  });
}

/** Images of a project by `name = NAME`, the one filter that anybody here writes; there is no error where there is none. */
export const imagesOf: SimulatedFunction<SimulatedAttributes> = (self, context) => {
  const project = self.text('project') || (context.scope['project'] ?? '');
  const name = /^name = (.+)$/.exec(self.text('filter'))?.[1];
  const found = context.list('google_compute_image', name === undefined ? { project } : { project, name });
  const images = found.map((one) => ({ name: one.text('name'), self_link: one.text('self_link') }));
  return { id: `projects/${project}/global/images`, project, images };
};

/** Exact names are looked for; families and public images by their short names are taken as there. */
export const imageReference: SimulatedReference = {
  to: 'google_compute_image',
  value: (value) => (value.includes('/global/images/') && !value.includes('/family/') ? idIn(value) : undefined),
  holds: false,
};
