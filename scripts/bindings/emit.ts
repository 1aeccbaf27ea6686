import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConstructsMakerTarget, Language, type ProviderSchema, TerraformProviderConstraint } from '@cdktf/commons';
// the inner path: the package's index loads jsii-pacmak too
import { TerraformProviderGenerator } from '@cdktf/provider-generator/lib/get/generator/provider-generator';
import { CodeMaker } from 'codemaker';
import type { MeasuredFacts } from '../facts/types';
import type { TypeFacts } from '../sandbox/facts';

/** The index loads every resource at once, which is what deep imports are there to avoid. */
const indexFiles = ['index.ts', 'lazy-index.ts'];

/**
 * Writes the bindings of one provider into the folder `target`, a folder for each resource and data source.
 * The generator is cdktf's own, the one behind `cdktf get`.
 */
export async function emitBindings(facts: MeasuredFacts, target: string): Promise<void> {
  const generator = new TerraformProviderGenerator(codeMaker(), toSchema(facts));
  const constraint = new TerraformProviderConstraint(`${facts.provider}@${facts.version}`);
  generator.generate(ConstructsMakerTarget.from(constraint, Language.TYPESCRIPT));
  const folder = mkdtempSync(join(tmpdir(), 'watari-bindings-'));
  try {
    await generator.save(folder);
    cpSync(join(folder, 'providers', shortName(facts)), target, { recursive: true });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  for (const file of indexFiles) rmSync(join(target, file), { force: true });
  sourceFiles(target).forEach(exemptFromLaterRules);
}

/** The generator is typed against a patch release of its own, the same code with other private members. */
function codeMaker(): ConstructorParameters<typeof TerraformProviderGenerator>[0] {
  const maker: object = new CodeMaker();
  return maker as ConstructorParameters<typeof TerraformProviderGenerator>[0];
}

/** The code is right under `strict`; it knows nothing of rules such as `noImplicitOverride`, which the project adds. */
function exemptFromLaterRules(path: string): void {
  writeFileSync(path, `// @ts-nocheck\n${readFileSync(path, 'utf8')}`);
}

function sourceFiles(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith('.ts')).map((name) => join(folder, name));
}

function shortName(facts: MeasuredFacts): string {
  return facts.provider.slice(facts.provider.lastIndexOf('/') + 1).toLowerCase();
}

function toSchema(facts: MeasuredFacts): ProviderSchema {
  return {
    // Terraform says 1.0 today; the generator's types stop at 0.2 and it does not look
    format_version: '0.2',
    provider_schemas: {
      [`registry.terraform.io/${facts.provider.toLowerCase()}`]: {
        provider: toTypeSchema({ version: 0, block: facts.provider_config }),
        resource_schemas: mapTypes(facts.resources),
        data_source_schemas: mapTypes(facts.data_sources),
      },
    },
  };
}

type TypeSchema = NonNullable<ProviderSchema['provider_schemas']>[string]['provider'];

function mapTypes(types: Readonly<Record<string, TypeFacts>>): Record<string, TypeSchema> {
  return Object.fromEntries(Object.entries(types).map(([name, facts]) => [name, toTypeSchema(facts)]));
}

function toTypeSchema({ version, block }: Pick<TypeFacts, 'version' | 'block'>): TypeSchema {
  // facts leave empty parts out; the generator's parser copes with that, its types do not say so
  return { version, block } as TypeSchema;
}
