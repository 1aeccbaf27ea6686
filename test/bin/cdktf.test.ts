import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TerraformStack } from 'cdktf';
import * as fc from 'fast-check';
import type { generatedStacks } from '../../scripts/bench/generated/stacks';
import type { StackPlan, writeApp } from '../../stacks/app';
import type { loadPlatform, stacksOf } from '../../stacks/main';
import type { stackPlans } from '../../stacks/synthesis';
import reference from '../../stacks/topologies/reference';

const root = join(__dirname, '..', '..');
let folder: string;

/** cdktf and the writing of stacks, in one bundle. */
interface Program extends Pick<
  typeof import('cdktf'),
  'App' | 'DefaultTokenResolver' | 'Fn' | 'Lazy' | 'StringConcat' | 'TerraformStack' | 'Token' | 'Tokenization'
> {
  readonly loadPlatform: typeof loadPlatform;
  readonly stacksOf: typeof stacksOf;
  readonly stackPlans: typeof stackPlans;
  readonly generatedStacks: typeof generatedStacks;
  readonly writeApp: typeof writeApp;
}

/** With cdktf as `watari` has it, and as it is published. */
let faster: Program;
let plain: Program;

beforeAll(() => {
  mkdirSync(join(root, '.watari'), { recursive: true });
  folder = mkdtempSync(join(root, '.watari', 'faster-cdktf-'));
  const source = join(folder, 'program.ts');
  writeFileSync(
    source,
    `export * from 'cdktf';
     export { loadPlatform, stacksOf } from '../../stacks/main';
     export { stackPlans } from '../../stacks/synthesis';
     export { writeApp } from '../../stacks/app';
     export { generatedStacks } from '../../scripts/bench/generated/stacks';`,
  );
  const names = [root, source, join(folder, 'faster.js'), join(folder, 'plain.js'), join(root, 'bin', 'build.mjs')];
  const [at, from, ours, theirs, build] = names.map((name) => JSON.stringify(name));
  const compile = `import { compileProgram } from ${build};
    await Promise.all([compileProgram(${at}, ${from}, ${ours}), compileProgram(${at}, ${from}, ${theirs}, [])]);`;
  execFileSync(process.execPath, ['--input-type=module', '--eval', compile], { stdio: 'pipe' });
  faster = jest.requireActual(join(folder, 'faster.js'));
  plain = jest.requireActual(join(folder, 'plain.js'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the bundle, beside cdktf as it is', () => {
  it('is made of the changed files, and what it is compared with is not', () => {
    const bundled = (name: string): string => readFileSync(join(folder, name), 'utf8');
    expect(bundled('faster.js')).toContain('function isSettled(');
    expect(bundled('plain.js')).not.toContain('function isSettled(');
  });

  it('writes the reference with the same bytes', () => {
    expectSameBytes('reference', ({ loadPlatform, stacksOf, stackPlans }) => {
      const platform = loadPlatform(reference);
      return stackPlans(platform, stacksOf(platform));
    });
  });

  it('writes generated stacks with the same bytes', () => {
    expectSameBytes('generated', ({ generatedStacks }) => generatedStacks(4, 200));
  });

  it('resolves any value as cdktf does, tokens in whatever place', () => {
    fc.assert(
      fc.property(values, (value) => expect(resolved(faster, value)).toEqual(resolved(plain, value))),
      { numRuns: 500 },
    );
  });

  it('says at what place a value cannot be resolved, as cdktf does', () => {
    const broken = { a: [{ b: () => 1 }] };
    expect(() => resolved(faster, broken)).toThrow('/a/0/b');
    expect(() => resolved(plain, broken)).toThrow('/a/0/b');
  });
});

/** Ours writes its way, cdktf with its own App. */
function expectSameBytes(name: string, plansOf: (program: Program) => StackPlan[]): void {
  faster.writeApp(join(folder, `faster-${name}`), plansOf(faster));
  writeWithCdktf(name, plansOf(plain));
  expect(contents(`faster-${name}`)).toEqual(contents(name));
}

function writeWithCdktf(name: string, plans: readonly StackPlan[]): void {
  const app = new plain.App({ outdir: join(folder, name), context: { excludeStackIdFromLogicalIds: 'true' } });
  const stacks = new Map<string, TerraformStack>();
  for (const { id, dependsOn, fill } of plans) {
    const stack = new plain.TerraformStack(app, id);
    stacks.set(id, stack);
    for (const other of dependsOn) stack.addDependency(stacks.get(other)!);
    fill(stack);
  }
  app.synth();
}

function contents(name: string): Record<string, string> {
  const files = readdirSync(join(folder, name), { recursive: true, withFileTypes: true }).filter((file) =>
    file.isFile(),
  );
  return Object.fromEntries(
    files.map(({ parentPath, name: file }) => {
      const path = join(parentPath, file);
      return [path.slice(join(folder, name).length), readFileSync(path, 'utf8')];
    }),
  );
}

function resolved(library: Pick<Program, 'Tokenization'>, value: unknown): unknown {
  const scope = new plain.TerraformStack(new plain.App({ outdir: join(folder, 'none') }), 'stack');
  const resolver = new plain.DefaultTokenResolver(new plain.StringConcat());
  return library.Tokenization.resolve(value, { scope, resolver });
}

/** What stands for a value that is known later: alone, within a text, as a number, a list or a map. */
const tokens = fc.constantFrom('aws_vpc.x.id', 'text', '', '1e5').chain((text) => {
  const { Fn, Lazy, Token } = plain;
  return fc.constantFrom<unknown>(
    Lazy.stringValue({ produce: () => text }),
    `before ${Lazy.stringValue({ produce: () => text })} after`,
    Lazy.numberValue({ produce: () => text.length }),
    `${Lazy.numberValue({ produce: () => 7 })} of ${text}`,
    Lazy.listValue({ produce: () => [text] }),
    Lazy.anyValue({ produce: () => ({ [text]: [text] }) }),
    Token.asStringMap({ [text]: text }),
    Fn.join(',', [text, Lazy.stringValue({ produce: () => text })]),
  );
});

const texts = fc.oneof(
  fc.string(),
  fc.constantFrom('${var.a}', '$${x}', '{', '}', 'e2e', '1e5', '-1.5e+3', '#{TfToken[', '&{TfToken[x]', 'n2-e4', '${'),
);

const { values } = fc.letrec<{ values: unknown }>((tie) => ({
  values: fc.oneof(
    { maxDepth: 4 },
    texts,
    fc.double(),
    fc.integer(),
    fc.boolean(),
    fc.constantFrom(null, undefined),
    tokens,
    fc.array(tie('values'), { maxLength: 4 }),
    fc.dictionary(texts, tie('values'), { maxKeys: 4 }),
  ),
}));
