import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderSchema, schemaFile } from '../../../scripts/schema/schema';

test('the JSON Schema for editors is the one that topologies are checked against (npm run schema)', () => {
  expect(readFileSync(join(__dirname, '..', '..', '..', schemaFile), 'utf8')).toBe(renderSchema());
});
