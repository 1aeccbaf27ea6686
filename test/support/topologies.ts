import type { Platform } from '../../stacks/platform/platform';
import { loadPlatform } from '../../stacks/main';
import { type Problem, ProblemsError } from '../../constructs/contract/problem';
import reference from '../../stacks/topologies/reference';

/** The reference topology as plain data, changed by `edit`. */
export function editedReference(edit: (topology: Editable) => void): unknown {
  const copy = JSON.parse(JSON.stringify(reference)) as Editable;
  edit(copy);
  return copy;
}

/** Loosely typed on purpose: tests write what users mistype. */
export interface Editable {
  name: string;
  addresses: { internal: string; reserved?: string[] };
  stores: Record<string, Record<string, unknown>>;
  sites: Record<string, Record<string, unknown> & { settings: Record<string, unknown> }>;
  links: Record<string, Record<string, unknown>>;
  systems: Record<string, EditableLive>;
  dns?: Record<string, unknown>;
}

export interface EditableLive {
  sites: string[];
  shards: Record<string, { site: string }>;
  edges: Record<string, unknown>;
  edge: Record<string, unknown> & { size: Record<string, number> };
  origin: { size: Record<string, number> };
  [key: string]: unknown;
}

export function platformOf(edit: (topology: Editable) => void = () => undefined): Platform {
  return loadPlatform(editedReference(edit));
}

/** What is wrong with the reference after an edit; none: it is accepted. */
export function problemsOf(edit: (topology: Editable) => void): readonly Problem[] {
  try {
    platformOf(edit);
    return [];
  } catch (error) {
    if (error instanceof ProblemsError) return error.problems;
    throw error;
  }
}

/** The one problem that an edit of the reference makes. */
export function problemOf(edit: (topology: Editable) => void): Problem {
  const problems = problemsOf(edit);
  expect(problems.map(({ path, message }) => `${path}: ${message}`)).toHaveLength(1);
  return problems[0] as Problem;
}

export const live = (topology: Editable): EditableLive => topology.systems['live'] as EditableLive;
export const site = (topology: Editable, id: string): Editable['sites'][string] =>
  topology.sites[id] as Editable['sites'][string];
