import { type ImageReference, imageName, imagePrerequisites } from '../../../contract/image';
import type { Site } from '../../../contract/site';
import type {
  SimulatedAttributes,
  SimulatedError,
  SimulatedFunction,
  SimulatedReference,
  SimulatedResource,
  SimulatedSeed,
} from '../../../contract/simulation';
import { stableHash } from '../../../util/hash';
import { boundedName } from '../../../util/names';
import { templateNameLength } from '../packer-source';
import { settingsOf } from '../settings';
import { invalidId } from './errors';

const templateType = 'cloudstack_template';

/** The platform's templates in the zone of a site. */
export function seeds(site: Site, images: readonly ImageReference[]): readonly SimulatedSeed[] {
  const { apiUrl: api, zone } = settingsOf(site);
  return images.map((image) => {
    const whole = imageName(image);
    const name = boundedName([image.role, image.variant, image.contentId], { maxLength: templateNameLength });
    return {
      prerequisites: imagePrerequisites(image),
      type: templateType,
      id: uuidOf(`${api} ${zone.id} ${whole}`),
      attributes: { name, display_text: whole, zone_id: zone.id },
      scope: { api },
    };
  });
}

function uuidOf(text: string): string {
  const digits = stableHash(text, 32);
  return [0, 8, 12, 16, 20].map((at, index, all) => digits.slice(at, all[index + 1] ?? 32)).join('-');
}

/** Fields as the API writes them: without underscores (data_source_cloudstack_template.go, `applyFilters`). */
const fields: Readonly<Record<string, string>> = { name: 'name', displaytext: 'display_text', zoneid: 'zone_id' };

export const findTemplate: SimulatedFunction<SimulatedAttributes | readonly SimulatedError[]> = (self, context) => {
  const filters = self.blocks('filter');
  const found = context
    .list(templateType)
    .find((template) =>
      filters.every(({ name, value }) => new RegExp(String(value)).test(template.text(fields[String(name)] ?? ''))),
    );
  if (!found) return [{ summary: 'No template is matching with the specified regex' }];
  return { id: found.id, template_id: found.id, name: found.text('name'), display_text: found.text('display_text') };
};

/** What a machine or a group's profile boots. */
export const templateReference: SimulatedReference = {
  to: templateType,
  holds: false,
  missing: ({ self, value }) => invalidId(self.type, self.text('name'), 'template', value),
};

export const imageTypes: Readonly<Record<string, SimulatedResource>> = { [templateType]: {} };
