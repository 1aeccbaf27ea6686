import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { renderReviewSchema, reviewSchemaFile } from '../../../../scripts/schema/schema';
import { fullReport } from './reports';

const published = readFileSync(join(__dirname, '..', '..', '..', '..', reviewSchemaFile), 'utf8');

describe('the published schema of a review', () => {
  it('is that of the code: npm run schema makes it', () => {
    expect(published).toBe(renderReviewSchema());
  });

  it('takes a report, and nothing with a word more', () => {
    const accepts = new Ajv().compile(JSON.parse(published) as object);
    expect(accepts(fullReport)).toBe(true);
    expect(accepts({ ...fullReport, comment: 'x' })).toBe(false);
  });
});
