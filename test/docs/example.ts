import type { Block } from './markdown';

/** A command of an example with the lines that its output must have, in this order. */
export interface ExampleCommand {
  readonly command: string;
  readonly expected: readonly string[];
}

/** `$ ` starts a command, `...` stands for any lines, everything else must appear. */
export function commandsOf(block: Block): ExampleCommand[] {
  const commands: { command: string; expected: string[] }[] = [];
  for (const line of block.lines) {
    if (line.startsWith('$ ')) commands.push({ command: line.slice(2), expected: [] });
    else if (line !== '...' && line.trim() !== '') commands.at(-1)?.expected.push(line);
  }
  return commands;
}

/** The first expected line that the output does not have after the ones before it. */
export function firstMissing(output: string, expected: readonly string[]): string | undefined {
  const lines = output.split('\n').map(normalize);
  let from = 0;
  for (const line of expected) {
    const at = lines.findIndex((candidate, index) => index >= from && candidate.includes(normalize(line)));
    if (at < 0) return line;
    from = at + 1;
  }
  return undefined;
}

/** Without table lines and widths, times, addresses that a cloud allocates, and counts in tables, which differ from change to change. */
function normalize(line: string): string {
  const plain = line
    .replaceAll(/\d+(\.\d+)? s\b/g, 'N s')
    .replaceAll(/\b(34|35|54|198)(\.\d+){3}\b/g, 'ADDRESS')
    .replaceAll(/[│─┌┐└┘├┤┬┴┼]+/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return line.startsWith('│') ? plain.replaceAll(/(?<= )\d+(?= (to |N s|outputs))/g, 'N') : plain;
}
