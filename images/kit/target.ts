import type { Target } from '../packer-ts-helpers/src';
import { sourceSchemas } from '../packer-ts-helpers/src/generated';
import type { AttributeSchemas } from '../packer-ts-helpers/src/schema';
import type { BuilderSource } from './linux-template';

export interface FittedSource {
  readonly source: BuilderSource;
  /** Attributes that the target does not know, and that are left out for it. */
  readonly leftOut: readonly string[];
}

/**
 * A source for one release of Packer: what only the other release knows is left out, and named, so that nobody takes the
 * image for one that has it. Nothing without which an image is safe may be missing in a build: see `watari image build`.
 */
export function fitSource(source: BuilderSource, target: Target): FittedSource {
  const schemas: AttributeSchemas = sourceSchemas[source.type].attributes;
  const leftOut = Object.keys(source.body).filter((name) => {
    const { only } = schemas[name] ?? {};
    return only !== undefined && only !== target;
  });
  const body = Object.fromEntries(Object.entries(source.body).filter(([name]) => !leftOut.includes(name)));
  return { source: { ...source, body }, leftOut: leftOut.sort() };
}
