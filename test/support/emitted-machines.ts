import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { leavesOf } from './emitted';
import { decodeFile, parseUserData } from './machine-files';
import { synthesizedStacks } from './stack-json';

/** A file as a machine has it, and where it was first found: `reference/aws-live-a aws_instance.origin`. */
export interface NamedFile {
  readonly path: string;
  readonly content: string;
  readonly from: string;
}

const header = '#cloud-config\n';
const topologies = join(__dirname, '..', '..', 'stacks', 'topologies');

/**
 * Every different file that any machine of any topology of the repository gets, as the adapters emit it: its user data
 * at `user-data`, its commands at `commands`, and what these write. Values that only a deployment knows are made up.
 */
export async function emittedFiles(): Promise<readonly NamedFile[]> {
  const found = new Map<string, NamedFile>();
  for (const name of readdirSync(topologies).filter((file) => file.endsWith('.ts'))) {
    const { default: topology } = (await import(join(topologies, name))) as { readonly default: unknown };
    for (const file of filesOf(name.replace(/\.ts$/, ''), topology)) {
      const key = `${file.path}\n${file.content}`;
      if (!found.has(key)) found.set(key, file);
    }
  }
  return [...found.values()];
}

function filesOf(name: string, topology: unknown): readonly NamedFile[] {
  return [...synthesizedStacks(topology)].flatMap(([id, stack]) =>
    leavesOf(stack).flatMap(({ path, value }) =>
      userDataIn(value).flatMap((text) => filesOfMachine(text, `${name}/${id} ${path}`)),
    ),
  );
}

/** User data that a value is, or holds encoded: `${base64gzip(base64decode("I2Ns..."))}`. */
export function userDataIn(value: unknown): readonly string[] {
  if (typeof value !== 'string') return [];
  const encoded = (value.match(/[A-Za-z0-9+/]{64,}={0,2}/g) ?? []).map((text) =>
    Buffer.from(text, 'base64').toString(),
  );
  return [value, ...encoded].filter((text) => text.startsWith(header));
}

function filesOfMachine(text: string, from: string): readonly NamedFile[] {
  const userData = withValues(text);
  const { write_files = [], runcmd = [] } = parseUserData(userData);
  const written = write_files.map(({ path, encoding, content }) => ({ path, content: decodeFile(encoding, content) }));
  const served = written.flatMap(({ content }) => filesWrittenBy(content));
  const own = [
    { path: 'user-data', content: userData },
    { path: 'commands', content: `${runcmd.join('\n')}\n` },
  ];
  return [...own, ...written, ...served].map((file) => ({ ...file, from }));
}

/** What stands for the values of a deployment: a secret, or an address. */
function withValues(text: string): string {
  return text.replace(/\$\{[^}]*\}/g, (token) => (/key|secret/i.test(token) ? 'Xy.key_1' : '198.51.100.7'));
}

/** Files that a script writes, for the machines that fetch theirs after they have booted. */
function filesWrittenBy(script: string): readonly { readonly path: string; readonly content: string }[] {
  const commands = script.matchAll(/base64 -d <<'end' (\| gzip -d )?>'([^']+)'.*\n([^]*?)\nend\n/g);
  return [...commands].map(([, packed, path = '', text = '']) => {
    const bytes = Buffer.from(text, 'base64');
    return { path, content: (packed ? gunzipSync(bytes) : bytes).toString() };
  });
}
