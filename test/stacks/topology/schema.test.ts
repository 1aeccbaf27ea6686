import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { registry } from '../../../constructs/providers/registry';
import { renderSchema, schemaFile } from '../../../scripts/schema/schema';
import { schemaOf } from '../../../stacks/topology/parse';

test('the JSON Schema for editors is the one that topologies are checked against (npm run schema)', () => {
  expect(readFileSync(join(__dirname, '..', '..', '..', schemaFile), 'utf8')).toBe(renderSchema());
});

// The check itself takes them for schemas, see stacks/topology/validator.ts.
test('what topologies and circuits are checked against is JSON Schema', () => {
  const ajv = new Ajv({ strict: false, allErrors: true });
  const schemas = { topology: schemaOf(registry), ...circuitEnds() };
  const wrong = Object.entries(schemas).filter(([, schema]) => !ajv.validateSchema(schema));
  expect(wrong.map(([name]) => name)).toEqual([]);
  expect(ajv.validateSchema({ properties: { a: { minimum: 'one' } } })).toBe(false);
});

const circuitEnds = (): Record<string, object> =>
  Object.fromEntries(Object.values(registry).map(({ name, circuitEnd }) => [name, circuitEnd]));
