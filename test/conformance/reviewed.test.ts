import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { plannedIn } from '../support/planned';
import { examplePlatform, textsOf } from '../support/synthesised';
import { enrolled } from './enrolled';

const providers = join(__dirname, '..', '..', 'constructs', 'providers');
const ofTerraform = 'terraform_data';

describe.each(enrolled)('what reviewers know of $title', (entry) => {
  const known = Object.keys(entry.provider.reviewed);

  it('says of every resource type that it emits what it is', () => {
    const types = Object.values(textsOf(examplePlatform(entry))).flatMap((text) =>
      plannedIn(text).map(({ type }) => type),
    );
    expect(types.length).toBeGreaterThan(0);
    expect([...new Set(types)].filter((type) => type !== ofTerraform && !known.includes(type))).toEqual([]);
  });

  it('says of every resource type in its list what it is', () => {
    const file = join(providers, entry.name, 'schema', 'used.json');
    const used = JSON.parse(readFileSync(file, 'utf8')) as Record<string, { resources: string[] }>;
    expect(
      Object.values(used)
        .flatMap(({ resources }) => resources)
        .filter((type) => !known.includes(type)),
    ).toEqual([]);
  });

  it('takes nothing for open, granted or gone of which nothing is known', () => {
    for (const { opens, grants } of Object.values(entry.provider.reviewed)) {
      expect((opens?.({}) ?? []).filter(({ what }) => !what.endsWith('is off'))).toEqual([]);
      expect(grants?.({}) ?? []).toEqual([]);
    }
  });
});
