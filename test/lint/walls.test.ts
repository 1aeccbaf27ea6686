import { join } from 'node:path';
import { ESLint, type Linter } from 'eslint';
import { configs } from 'typescript-eslint';

const root = join(__dirname, '..', '..');
const configuration = jest.requireActual<Linter.Config[]>('../../eslint.config.js');
// The snippets belong to no file, so there are no types to ask for.
const eslint = new ESLint({
  cwd: root,
  overrideConfigFile: true,
  overrideConfig: [...configuration, configs.disableTypeChecked as Linter.Config],
});

/** What the linter says about one import at the top of a file, the walls only. */
async function complaints(file: string, code: string): Promise<string[]> {
  const [result] = await eslint.lintText(`${code}\n`, { filePath: join(root, file) });
  const messages = result?.messages ?? [];
  return messages.filter((m) => m.ruleId === 'watari/walls').map((m) => m.message);
}

const refused: readonly (readonly [string, string, string])[] = [
  ['the contract knows no neutral construct', 'constructs/contract/site.ts', `import { a } from '../fleet';`],
  ['the contract knows no adapter', 'constructs/contract/site.ts', `import type { a } from '../providers/gcp/limits';`],
  ['a neutral construct knows no adapter', 'constructs/fleet.ts', `import { a } from './providers/aws/network';`],
  ['not through its index either', 'constructs/fleet.ts', `import { aws } from './providers/aws';`],
  [
    'a neutral construct does not load the registry',
    'constructs/fleet.ts',
    `import { a } from './providers/registry';`,
  ],
  ['a neutral construct knows no system', 'constructs/fleet.ts', `import { a } from '../stacks/live/origin';`],
  ['a neutral construct uses no bindings', 'constructs/fleet.ts', `import { a } from '../.gen/providers/maas/vm';`],
  [
    'a self-hosted part uses no bindings',
    'constructs/selfhosted/p.ts',
    `import { a } from '@cdktf/provider-aws/lib/vpc';`,
  ],
  ['an adapter knows no other adapter', 'constructs/providers/gcp/network.ts', `import { a } from '../aws/network';`],
  ['an adapter knows no registry', 'constructs/providers/gcp/network.ts', `import type { a } from '../registry';`],
  [
    'an adapter knows no system',
    'constructs/providers/gcp/network.ts',
    `import { a } from '../../../stacks/live/origin';`,
  ],
  [
    'an adapter uses its own bindings only',
    'constructs/providers/gcp/a.ts',
    `import { a } from '@cdktf/provider-aws/lib/vpc';`,
  ],
  [
    'also the generated ones',
    'constructs/providers/metal/a.ts',
    `import { a } from '../../../.gen/providers/cloudstack/disk';`,
  ],
  ['a system knows no adapter', 'stacks/live/origin.ts', `import { a } from '../../constructs/providers/gcp/network';`],
  ['not even its types', 'stacks/live/origin.ts', `import type { a } from '../../constructs/providers/gcp/network';`],
  [
    'a system does not load the registry',
    'stacks/live/o.ts',
    `import { a } from '../../constructs/providers/registry';`,
  ],
  [
    'not by a lazy import either',
    'stacks/live/o.ts',
    `export const a = import('../../constructs/providers/registry');`,
  ],
  ['nor by passing it on', 'stacks/live/o.ts', `export { a } from '../../constructs/providers/registry';`],
  [
    'a system uses no bindings',
    'stacks/live/origin.ts',
    `import { a } from '@cdktf/provider-google/lib/compute-address';`,
  ],
  ['a system knows no script', 'stacks/live/origin.ts', `import { a } from '../../scripts/cli/output';`],
  [
    'a topology does not load the registry',
    'stacks/topologies/t.ts',
    `import { a } from '../../constructs/providers/registry';`,
  ],
  [
    'the composition root knows no adapter',
    'stacks/main.ts',
    `import { a } from '../constructs/providers/gcp/network';`,
  ],
  [
    'a script goes through the registry',
    'scripts/deploy/deploy.ts',
    `import { a } from '../../constructs/providers/gcp/network';`,
  ],
  ['a script uses no bindings', 'scripts/deploy/deploy.ts', `import { a } from '@cdktf/provider-aws/lib/vpc';`],
  [
    'packer-ts-helpers knows nothing of the contract',
    'images/packer-ts-helpers/src/render.ts',
    `import type { a } from '../../../constructs/contract/image';`,
  ],
  ['nor of the images', 'images/packer-ts-helpers/src/render.ts', `import { a } from '../../edge';`],
  ['nor of any bindings', 'images/packer-ts-helpers/src/a.ts', `import { a } from '@cdktf/provider-aws/lib/vpc';`],
  ['nobody but tests knows tests', 'scripts/deploy/deploy.ts', `import { a } from '../../test/support/programs';`],
  [
    'nobody imports the index of a provider',
    'constructs/providers/aws/a.ts',
    `import { vpc } from '@cdktf/provider-aws';`,
  ],
];

const allowed: readonly (readonly [string, string, string])[] = [
  [
    'a topology names providers by type',
    'stacks/topologies/t.ts',
    `import type { P } from '../../constructs/providers/registry';`,
  ],
  [
    'the composition root loads the registry',
    'stacks/main.ts',
    `import { a } from '../constructs/providers/registry';`,
  ],
  [
    'the conformance suite loads the registry',
    'test/conformance/c.test.ts',
    `import { a } from '../../constructs/providers/registry';`,
  ],
  ['a script loads the registry', 'scripts/show/show.ts', `import { a } from '../../constructs/providers/registry';`],
  [
    'an adapter uses its own published bindings',
    'constructs/providers/aws/a.ts',
    `import { a } from '@cdktf/provider-aws/lib/vpc';`,
  ],
  [
    'an adapter uses its own generated bindings',
    'constructs/providers/metal/a.ts',
    `import { a } from '../../../.gen/providers/maas/vm';`,
  ],
  ['an adapter uses shared plain functions', 'constructs/providers/aws/a.ts', `import { a } from '../../util/names';`],
  ['an adapter uses the contract', 'constructs/providers/aws/a.ts', `import type { a } from '../../contract/site';`],
  ['an image uses packer-ts-helpers', 'images/edge.ts', `import { a } from './packer-ts-helpers/src';`],
  ['a system uses neutral constructs', 'stacks/live/origin.ts', `import { a } from '../../constructs/fleet';`],
];

describe('the walls between the parts', () => {
  it.each(refused)('%s', async (_name, file, code) => {
    expect(await complaints(file, code)).toHaveLength(1);
  });

  it.each(allowed)('%s', async (_name, file, code) => {
    expect(await complaints(file, code)).toEqual([]);
  });

  it('say who may not import whom, and why', async () => {
    expect(await complaints('stacks/live/o.ts', `import { a } from '../../constructs/providers/gcp/network';`)).toEqual(
      ['systems may not import adapter:gcp: systems use neutral constructs and the contract, and know no provider.'],
    );
  });
});
