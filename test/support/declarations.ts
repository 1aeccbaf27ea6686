import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const root = join(__dirname, '..', '..');

/** Members of an interface of the contract as they are declared there, each on one line. @param file below the checkout */
export function declarationsOf(file: string, owner: string, members: readonly string[]): string[] {
  const source = ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.Latest);
  const declared = source.statements.find(
    (statement): statement is ts.InterfaceDeclaration =>
      ts.isInterfaceDeclaration(statement) && statement.name.text === owner,
  );
  if (!declared) throw new Error(`${file} declares no ${owner}`);
  const printer = ts.createPrinter({ removeComments: true });
  return declared.members
    .filter(({ name }) => name && ts.isIdentifier(name) && members.includes(name.text))
    .map((member) => printer.printNode(ts.EmitHint.Unspecified, member, source).replace(/\s+/g, ' '));
}
