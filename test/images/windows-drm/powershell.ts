import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { Language, type Node, Parser } from 'web-tree-sitter';

let parser: Promise<Parser> | undefined;

async function load(): Promise<Parser> {
  // Optimizing the grammar takes the compiler seconds, for which a finished test would wait; it is read a few times only.
  setFlagsFromString('--liftoff-only');
  await Parser.init();
  const wasm = readFileSync(require.resolve('tree-sitter-powershell/tree-sitter-powershell.wasm'));
  const made = new Parser();
  made.setLanguage(await Language.load(wasm));
  return made;
}

/** A script as the grammar of PowerShell reads it. */
export async function parse(script: string): Promise<Node> {
  const tree = (await (parser ??= load())).parse(script);
  if (tree === null) throw new Error('the grammar reads nothing');
  return tree.rootNode;
}

/** Where the grammar does not read on: `3:7 error "}"`. */
export function errorsOf(node: Node): string[] {
  if (!node.hasError && !node.isError && !node.isMissing) return [];
  const at = `${node.startPosition.row + 1}:${node.startPosition.column + 1}`;
  const own = node.isMissing
    ? [`${at} missing ${node.type}`]
    : node.isError
      ? [`${at} error ${JSON.stringify(node.text.slice(0, 60))}`]
      : [];
  return [...own, ...node.children.flatMap((child) => (child === null ? [] : errorsOf(child)))];
}

/** A command with everything that belongs to it, and the line on which it starts. */
export interface Command {
  readonly name: string;
  readonly text: string;
  readonly line: number;
}

export function commandsOf(node: Node): Command[] {
  return node.descendantsOfType('command').flatMap((command) => {
    const name =
      command?.childForFieldName('command_name')?.text ?? command?.descendantsOfType('command_name')[0]?.text;
    if (!command || name === undefined) return [];
    return [{ name, text: command.text, line: command.startPosition.row + 1 }];
  });
}
