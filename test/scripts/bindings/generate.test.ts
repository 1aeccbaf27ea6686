import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createProgram,
  flattenDiagnosticMessageText,
  getPreEmitDiagnostics,
  ModuleKind,
  ModuleResolutionKind,
  ScriptTarget,
  type CompilerOptions,
} from 'typescript';
import { generateBindings } from '../../../scripts/bindings/generate';
import type { MeasuredFacts } from '../../../scripts/facts/types';

const repository = join(__dirname, '..', '..', '..');

const facts = (version: string, ...extra: string[]): MeasuredFacts => ({
  provider: 'Example/rack',
  version,
  read: '2026-11-20',
  provider_config: { attributes: { api_url: { type: 'string', required: true } } },
  resources: {
    rack_machine: {
      version: 0,
      block: {
        attributes: {
          host_name: { type: 'string', required: true },
          id: { type: 'string', computed: true },
          ...Object.fromEntries(extra.map((name) => [name, { type: 'number', optional: true } as const])),
        },
        block_types: {
          disk: { nesting_mode: 'list', block: { attributes: { size: { type: 'number', optional: true } } } },
        },
      },
    },
  },
  data_sources: {
    rack_room: { version: 0, block: { attributes: { name: { type: 'string', required: true } } } },
  },
});

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'watari-test-'));
  writeFileSync(join(root, 'package.json'), JSON.stringify({ dependencies: { '@cdktf/provider-cloud': '1.0.0' } }));
  symlinkSync(join(repository, 'node_modules'), join(root, 'node_modules'));
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

function keep(name: string, content: MeasuredFacts | string): void {
  const folder = join(root, 'constructs', 'providers', 'metal', 'schema');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
}

const made = (...path: string[]): string => join(root, '.gen', 'providers', 'rack', ...path);

const strict: CompilerOptions = {
  strict: true,
  skipLibCheck: true,
  noEmit: true,
  types: [],
  target: ScriptTarget.ES2022,
  module: ModuleKind.Preserve,
  moduleResolution: ModuleResolutionKind.Bundler,
};

function typeErrors(file: string, options: CompilerOptions = strict): string[] {
  const diagnostics = getPreEmitDiagnostics(createProgram([file], options));
  return diagnostics.map((d) => flattenDiagnosticMessageText(d.messageText, '\n'));
}

function write(name: string, text: string): string {
  const file = join(root, name);
  writeFileSync(file, text);
  return file;
}

test('every resource and data source in the facts gets a typed class, and a misspelt property does not compile', async () => {
  keep('rack@1.0.0.json', facts('1.0.0'));
  expect(await generateBindings({ root })).toEqual({ generated: ['rack'] });
  expect(readdirSync(made())).toEqual(['.stamp', 'data-rack-room', 'machine', 'provider']);
  const use = (property: string): string => `
    import { App, TerraformStack } from 'cdktf';
    import { Machine } from './.gen/providers/rack/machine';
    new Machine(new TerraformStack(new App(), 's'), 'm', { ${property}: 'a', disk: [{ size: 1 }] });`;
  expect(typeErrors(write('right.ts', use('hostName')), { ...strict, noImplicitOverride: true })).toEqual([]);
  const [error] = typeErrors(write('wrong.ts', use('hostNam')));
  expect(error).toContain("'hostNam' does not exist in type 'MachineConfig'");
});

test('generated code itself is right under strict', async () => {
  keep('rack@1.0.0.json', facts('1.0.0'));
  await generateBindings({ root });
  const file = made('machine', 'index.ts');
  writeFileSync(file, readFileSync(file, 'utf8').replace('// @ts-nocheck\n', ''));
  expect(typeErrors(file)).toEqual([]);
});

test('nothing is made again while the facts stay as they are', async () => {
  keep('rack@1.0.0.json', facts('1.0.0'));
  await generateBindings({ root });
  expect(await generateBindings({ root })).toEqual({ generated: [] });
});

test('a resource that leaves the facts leaves the bindings, and a new attribute enters them', async () => {
  keep('rack@1.0.0.json', facts('1.0.0'));
  await generateBindings({ root });
  keep('rack@1.0.0.json', { ...facts('1.0.0', 'speed'), data_sources: {} });
  expect(await generateBindings({ root })).toEqual({ generated: ['rack'] });
  expect(existsSync(made('data-rack-room'))).toBe(false);
  expect(readFileSync(made('machine', 'index.ts'), 'utf8')).toContain('readonly speed?: number');
});

test('of several versions of one provider the newest is bound', async () => {
  keep('rack@1.10.0.json', facts('1.10.0', 'new_one'));
  keep('rack@1.9.0.json', facts('1.9.0', 'old_one'));
  await generateBindings({ root });
  expect(readFileSync(made('machine', 'index.ts'), 'utf8')).toContain('newOne');
});

test('a provider with published bindings gets none of its own', async () => {
  keep('cloud@1.0.0.json', facts('1.0.0'));
  expect(await generateBindings({ root })).toEqual({ generated: [] });
});

test('broken facts are refused with the name of the file, and what was made before stays', async () => {
  keep('rack@1.0.0.json', facts('1.0.0'));
  await generateBindings({ root });
  keep('rack@1.0.0.json', '{ "provider": ');
  await expect(generateBindings({ root })).rejects.toThrow(/rack@1\.0\.0\.json: the facts are no JSON.*npm run facts/s);
  expect(existsSync(made('machine', 'index.ts'))).toBe(true);
});

test('two runs at the same time both end well', async () => {
  keep('rack@1.0.0.json', facts('1.0.0'));
  await Promise.all([generateBindings({ root }), generateBindings({ root })]);
  expect(existsSync(made('machine', 'index.ts'))).toBe(true);
  expect(readdirSync(join(root, '.gen'))).toEqual(['providers']);
});

test('the same facts give the same bytes', async () => {
  keep('rack@1.0.0.json', facts('1.0.0'));
  await generateBindings({ root });
  cpSync(made('machine', 'index.ts'), join(root, 'first.ts'));
  rmSync(join(root, '.gen'), { recursive: true });
  await generateBindings({ root });
  expect(readFileSync(made('machine', 'index.ts'), 'utf8')).toBe(readFileSync(join(root, 'first.ts'), 'utf8'));
});
