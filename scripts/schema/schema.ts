import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { topologyJsonSchema } from '../../stacks/main';
import { ReportSchema } from '../review/report';

export const schemaFile = join('stacks', 'topologies', 'topology.schema.json');

/** The JSON Schema of a topology as it stands in the repository: generated, one key a line, the same on every machine. */
export function renderSchema(): string {
  const generated = 'Generated from the TypeBox schemas of stacks/topology and of the providers: npm run schema';
  return render({ $comment: generated, ...topologyJsonSchema() });
}

const render = (schema: object): string => `${JSON.stringify(schema, null, 2)}\n`;

export const reviewSchemaFile = join('docs', 'review.schema.json');

/** The JSON Schema of what `watari review --json` prints. */
export function renderReviewSchema(): string {
  const $schema = 'http://json-schema.org/draft-07/schema#';
  return render({ $schema, $comment: 'Generated from scripts/review/report.ts: npm run schema', ...ReportSchema });
}

/** `npm run schema`. */
export function main(): Promise<number> {
  writeFileSync(schemaFile, renderSchema());
  writeFileSync(reviewSchemaFile, renderReviewSchema());
  return Promise.resolve(0);
}
