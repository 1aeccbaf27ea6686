// The type check and the linter over one program: the linter asks for types that the check has found already, and the
// two together take little more than half of what `npm run typecheck` and `npm run lint` take one after the other.
// Writes the result of each, as JSON: node test/support/types-and-lint.mjs FOLDER
import { join } from 'node:path';
import { ESLint } from 'eslint';
import ts from 'typescript';

const folder = process.argv[2];
const { program, types } = checkTypes(folder);
process.stdout.write(JSON.stringify([types, await lint(folder, program)]));

/** As `tsc` does it with the folder's tsconfig.json. */
function checkTypes(root) {
  const problems = [];
  const system = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: (problem) => problems.push(problem) };
  const config = ts.getParsedCommandLineOfConfigFile(join(root, 'tsconfig.json'), {}, system);
  const { fileNames: rootNames = [], options = {} } = config ?? {};
  const configFileParsingDiagnostics = config ? ts.getConfigFileParsingDiagnostics(config) : problems;
  const program = ts.createProgram({ rootNames, options, configFileParsingDiagnostics });
  const found = ts.getPreEmitDiagnostics(program);
  const names = { getCanonicalFileName: (name) => name, getCurrentDirectory: () => root, getNewLine: () => '\n' };
  return {
    program,
    types: { name: 'types', code: found.length > 0 ? 1 : 0, output: ts.formatDiagnostics(found, names) },
  };
}

/** As `eslint .` does it, with the program in place of one of its own. */
async function lint(root, program) {
  const parserOptions = { projectService: false, programs: [program] };
  const overrideConfig = { files: ['**/*.ts'], languageOptions: { parserOptions } };
  const eslint = new ESLint({ cwd: root, overrideConfig });
  const results = await eslint.lintFiles(['.']);
  const formatter = await eslint.loadFormatter('stylish');
  const errors = results.reduce((sum, { errorCount }) => sum + errorCount, 0);
  return { name: 'lint', code: errors > 0 ? 1 : 0, output: await formatter.format(results) };
}
