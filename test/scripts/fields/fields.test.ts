import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fieldsFile, renderFields } from '../../../scripts/fields/fields';

describe('the table of fields', () => {
  it('is the one of the schemas that topologies are checked against (npm run fields)', () => {
    expect(readFileSync(join(__dirname, '..', '..', '..', fieldsFile), 'utf8')).toBe(renderFields());
  });

  it('has the fields of every provider, of nested objects, maps, lists and forms', () => {
    const fields = [
      'sites.<id>` with provider `metal`',
      'shards.<key>.site',
      'machineTypes[].vcpu',
      'primary (kind circuit).bfd',
    ];
    for (const field of fields) expect(renderFields()).toContain(field);
  });
});
