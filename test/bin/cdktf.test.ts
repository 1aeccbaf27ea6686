import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, DefaultTokenResolver, Fn, Lazy, StringConcat, TerraformStack, Token, Tokenization } from 'cdktf';
import * as fc from 'fast-check';
import { generatedStacks } from '../../scripts/bench/generated/stacks';
import type { StackPlan } from '../../stacks/app';
import { loadPlatform, stacksOf } from '../../stacks/main';
import { stackPlans } from '../../stacks/synthesis';
import reference from '../../stacks/topologies/reference';

const root = join(__dirname, '..', '..');
let folder: string;
let faster: typeof import('cdktf');

/** cdktf and the writing of stacks, bundled as `watari` is. */
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
  const [compiled, build] = [join(folder, 'program.js'), join(root, 'bin', 'build.mjs')].map((file) =>
    JSON.stringify(file),
  );
  const compile = `import { compileProgram } from ${build};
    await compileProgram(${JSON.stringify(root)}, ${JSON.stringify(source)}, ${compiled});`;
  execFileSync(process.execPath, ['--input-type=module', '--eval', compile], { stdio: 'pipe' });
  faster = jest.requireActual(join(folder, 'program.js'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the bundle, beside cdktf as it is', () => {
  it('writes the reference with the same bytes', () => {
    const platform = loadPlatform(reference);
    writeWithCdktf('reference', stackPlans(platform, stacksOf(platform)));
    run('faster-reference', (ours) => {
      const same = ours.loadPlatform(reference);
      return ours.stackPlans(same, ours.stacksOf(same));
    });
    expect(contents('faster-reference')).toEqual(contents('reference'));
  });

  it('writes generated stacks with the same bytes', () => {
    writeWithCdktf('generated', generatedStacks(4, 200));
    run('faster-generated', (ours) => ours.generatedStacks(4, 200));
    expect(contents('faster-generated')).toEqual(contents('generated'));
  });

  it('resolves any value as cdktf does, tokens in whatever place', () => {
    fc.assert(
      fc.property(values, (value) => expect(resolved(faster, value)).toEqual(resolved({ Tokenization }, value))),
      { numRuns: 500 },
    );
  });

  it('says at what place a value cannot be resolved, as cdktf does', () => {
    const broken = { a: [{ b: () => 1 }] };
    expect(() => resolved(faster, broken)).toThrow('/a/0/b');
    expect(() => resolved({ Tokenization }, broken)).toThrow('/a/0/b');
  });
});

interface Ours {
  readonly loadPlatform: typeof loadPlatform;
  readonly stacksOf: typeof stacksOf;
  readonly stackPlans: typeof stackPlans;
  readonly generatedStacks: typeof generatedStacks;
  readonly writeApp: (outdir: string, plans: readonly StackPlan[]) => void;
}

function run(name: string, plans: (ours: Ours) => StackPlan[]): void {
  const ours = faster as unknown as Ours;
  ours.writeApp(join(folder, name), plans(ours));
}

function writeWithCdktf(name: string, plans: readonly StackPlan[]): void {
  const app = new App({ outdir: join(folder, name), context: { excludeStackIdFromLogicalIds: 'true' } });
  for (const { id, dependsOn, fill } of plans) {
    const stack = new TerraformStack(app, id);
    for (const other of dependsOn) stack.addDependency(app.node.findChild(other) as TerraformStack);
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

function resolved(library: Pick<typeof faster, 'Tokenization'>, value: unknown): unknown {
  const scope = new TerraformStack(new App({ outdir: join(folder, 'none') }), 'stack');
  return library.Tokenization.resolve(value, { scope, resolver: new DefaultTokenResolver(new StringConcat()) });
}

/** What stands for a value that is known later: alone, within a text, as a number, a list or a map. */
const tokens = fc
  .constantFrom('aws_vpc.x.id', 'text', '', '1e5')
  .chain((text) =>
    fc.constantFrom<unknown>(
      Lazy.stringValue({ produce: () => text }),
      `before ${Lazy.stringValue({ produce: () => text })} after`,
      Lazy.numberValue({ produce: () => text.length }),
      `${Lazy.numberValue({ produce: () => 7 })} of ${text}`,
      Lazy.listValue({ produce: () => [text] }),
      Lazy.anyValue({ produce: () => ({ [text]: [text] }) }),
      Token.asStringMap({ [text]: text }),
      Fn.join(',', [text, Lazy.stringValue({ produce: () => text })]),
    ),
  );

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
