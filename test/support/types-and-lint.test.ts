import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runIn } from './checkout';

const root = join(__dirname, '..', '..');
let folder: string;

beforeAll(() => {
  mkdirSync(join(root, '.watari'), { recursive: true });
  // Within the checkout, where typescript-eslint is found.
  folder = mkdtempSync(join(root, '.watari', 'checks-'));
  const compilerOptions = { strict: true, noEmit: true, target: 'ES2022', types: [], skipLibCheck: true };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }));
  writeFileSync(
    join(folder, 'eslint.config.js'),
    `const tseslint = require('typescript-eslint');
     module.exports = tseslint.config(...tseslint.configs.strict, {
       files: ['**/*.ts'],
       languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: __dirname } },
       rules: { '@typescript-eslint/no-floating-promises': 'error' },
     }, { ignores: ['*.js'] });`,
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Check {
  readonly name: string;
  readonly code: number;
  readonly output: string;
}

test('types and lint over one program find what is wrong with a type, and with a rule that asks for types', async () => {
  writeFileSync(join(folder, 'some.ts'), `export const two: number = 'two';\nPromise.resolve(two);\n`);
  const { stdout } = await runIn(folder, [process.execPath, join(__dirname, 'types-and-lint.mjs'), folder]);
  const [types, lint] = JSON.parse(stdout) as Check[];
  expect(types).toMatchObject({ name: 'types', code: 1 });
  expect(types!.output).toContain(`some.ts(1,14): error TS2322: Type 'string' is not assignable to type 'number'.`);
  expect(lint).toMatchObject({ name: 'lint', code: 1 });
  expect(lint!.output).toContain('@typescript-eslint/no-floating-promises');
});
