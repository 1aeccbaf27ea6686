import type { SimulatedFunction, SimulatedObject } from '../../../contract/simulation';

/** Where the API's links begin. */
export const computeBase = 'https://www.googleapis.com/compute/v1/';

export const projectOf = (self: SimulatedObject): string => self.text('project') || (self.scope['project'] ?? '');
export const regionOf = (self: SimulatedObject): string =>
  lastPart(self.text('region')) || (self.scope['region'] ?? '');
export const zoneOf = (self: SimulatedObject): string => lastPart(self.text('zone'));

export function lastPart(link: string): string {
  return link.slice(link.lastIndexOf('/') + 1);
}

/** The id within a link: `projects/p/global/networks/n`; an id stays as it is. */
export function idIn(link: string): string {
  const at = link.indexOf('projects/');
  return at < 0 ? link : link.slice(at);
}

type Area = 'global' | 'regions' | 'zones';

function areaOf(area: Area, self: SimulatedObject): string {
  if (area === 'global') return 'global';
  return area === 'regions' ? `regions/${regionOf(self)}` : `zones/${zoneOf(self)}`;
}

/** The id of an object of a collection by its name. */
export function pathOf(area: Area, collection: string, self: SimulatedObject, name: string): string {
  return `projects/${projectOf(self)}/${areaOf(area, self)}/${collection}/${name}`;
}

/** Ids of a type's own objects. */
export function idBy(area: Area, collection: string): SimulatedFunction<string> {
  return (self) => pathOf(area, collection, self, self.text('name'));
}

/** Reads an argument that is a link, an id or a name as an id of a collection. */
export function linkTo(area: Area, collection: string) {
  return (value: string, self: SimulatedObject): string | undefined => {
    if (value === '') return undefined;
    return value.includes('/') ? idIn(value) : pathOf(area, collection, self, value);
  };
}
