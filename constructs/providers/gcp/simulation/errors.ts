import type { ErrorSubject, ErrorTexts, SimulatedError, SimulatedObject } from '../../../contract/simulation';
import { idIn, projectOf, regionOf } from './place';

/** What the provider writes before the API's words: `Error creating` in its sources. */
const names: Readonly<Record<string, string>> = {
  google_compute_instance: 'instance',
  google_compute_router_peer: 'RouterBgpPeer',
  google_service_account: 'service account',
  google_dns_record_set: 'DNS RecordSet',
  google_storage_bucket: 'bucket',
};

function nounOf(type: string): string {
  const known = names[type];
  if (known !== undefined) return known;
  const words = type.replace(/^google_(compute_)?/, '').split('_');
  return words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join('');
}

/** What a data source calls what it lists: data_source_google_compute_images.go and `HandleNotFoundError`. */
const lists: Readonly<Record<string, string>> = { google_compute_images: 'Images' };

function doing(self: SimulatedObject): string {
  const list = lists[self.type];
  return list ? `Error when reading or editing ${list} : ${projectOf(self)}` : `Error creating ${nounOf(self.type)}`;
}

/** An error of the API, wrapped as the provider does it when it creates, or lists. */
export function apiError(self: SimulatedObject, code: number, text: string, attribute?: string): SimulatedError {
  const summary = `${doing(self)}: googleapi: Error ${code}: ${text}`;
  return attribute === undefined ? { summary } : { summary, attribute };
}

/** `networkInterfaces[0].subnetwork` of `network_interface.subnetwork`. */
function fieldOf(attribute: string): string {
  return attribute.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function idOf(self: SimulatedObject): string {
  return self.id || `projects/${projectOf(self)}/${self.text('name')}`;
}

export function invalidField(self: SimulatedObject, attribute: string, value: string, why: string): SimulatedError {
  const text = `Invalid value for field 'resource.${fieldOf(attribute)}': '${value}'. ${why}, invalid`;
  return apiError(self, 400, text, attribute);
}

function missing({ self, attribute, value }: ErrorSubject): SimulatedError {
  return apiError(self, 404, `The resource '${idIn(value)}' was not found, notFound`, attribute);
}

/** The API looks at a network while it deletes it, at anything else before. */
function inUse({ self, other }: ErrorSubject): SimulatedError {
  const noun = nounOf(self.type);
  const kind = noun.slice(0, 1).toLowerCase() + noun.slice(1);
  const text = `The ${kind} resource '${self.id}' is already being used by '${other?.id ?? ''}'`;
  if (self.type === 'google_compute_network') return { summary: `Error waiting for Deleting ${noun}: ${text}` };
  const answer = `googleapi: Error 400: ${text}, resourceInUseByAnotherResource`;
  return { summary: `Error when reading or editing ${noun}: ${answer}` };
}

export const errors: ErrorTexts = {
  missing,
  inUse,
  taken: ({ self, attribute }) =>
    apiError(self, 409, `The resource '${idOf(self)}' already exists, alreadyExists`, attribute),
  outside: ({ self, attribute, value }) =>
    invalidField(self, attribute, value, 'IP address is outside of the range of the subnetwork, or reserved in it'),
  quota: ({ self, wanted, limit }) => quotaError(self, wanted ?? '', limit ?? 0),
};

export function addressTaken({ self, attribute, value }: ErrorSubject): SimulatedError {
  return invalidField(self, attribute, value, 'Specified IP address is already reserved');
}

export function addressInUse({ self, value }: ErrorSubject): SimulatedError {
  const text = `IP '${value}' is already being used by another resource., invalidResourceUsage`;
  return apiError(self, 400, text);
}

/** Blanks and decimals as the API has them. */
export function quotaError(self: SimulatedObject, quota: string, limit: number): SimulatedError {
  const text = `Quota '${quota}' exceeded.  Limit: ${limit.toFixed(1)} in region ${regionOf(self)}., quotaExceeded`;
  return apiError(self, 403, text);
}
