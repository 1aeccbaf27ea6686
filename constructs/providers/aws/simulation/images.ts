import { type ImageReference, imageName, imagePrerequisites } from '../../../contract/image';
import type { Site } from '../../../contract/site';
import type {
  SimulatedAttributes,
  SimulatedError,
  SimulatedFunction,
  SimulatedResource,
  SimulatedSeed,
} from '../../../contract/simulation';
import { stableHash } from '../../../util/hash';
import { settingsOf } from '../settings';
import { apiError } from './errors';
import { someAccount } from './identifiers';

/** The platform's images in the account and region of a site. */
export function seeds(site: Site, images: readonly ImageReference[]): readonly SimulatedSeed[] {
  const { account = someAccount, region } = settingsOf(site);
  return images.map((image) => {
    const name = imageName(image);
    return {
      prerequisites: imagePrerequisites(image),
      type: 'aws_ami',
      id: `ami-${stableHash(`${account} ${region} ${name}`, 17)}`,
      attributes: { name, owner_id: account, state: 'available' },
      scope: { account, region },
    };
  });
}

/** Own images with all the names of a filter; there is no error where there is none. */
export const imageIds: SimulatedFunction<SimulatedAttributes> = (self, context) => {
  const names = self
    .blocks('filter')
    .filter(({ name }) => name === 'name')
    .flatMap(({ values }) => (Array.isArray(values) ? values.map(String) : []));
  const found = context.list('aws_ami').filter((image) => names.includes(image.text('name')));
  return { id: context.hex(10), ids: found.map(({ id }) => id) };
};

/** Images are regional, and those of other accounts are not told from none. */
export const imageErrors: SimulatedFunction<readonly SimulatedError[]> = (self, context) => {
  const id = self.text('ami') || self.text('image_id');
  if (id === '' || context.find('aws_ami', id)) return [];
  return [apiError(self, context, 'InvalidAMIID.NotFound', `The image id '[${id}]' does not exist`)];
};

export const imageTypes: Readonly<Record<string, SimulatedResource>> = { aws_ami: {} };
