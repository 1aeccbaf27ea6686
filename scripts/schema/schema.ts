import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { topologyJsonSchema } from '../../stacks/main';

export const schemaFile = join('stacks', 'topologies', 'topology.schema.json');

/** The JSON Schema of a topology as it stands in the repository: generated, one key a line, the same on every machine. */
export function renderSchema(): string {
  const generated = 'Generated from the TypeBox schemas of stacks/topology and of the providers: npm run schema';
  return `${JSON.stringify({ $comment: generated, ...topologyJsonSchema() }, null, 2)}\n`;
}

/** `npm run schema`. */
export function main(): Promise<number> {
  writeFileSync(schemaFile, renderSchema());
  return Promise.resolve(0);
}
