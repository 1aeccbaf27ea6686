import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadPlatform, synthesize } from '../../stacks/main';
import { textOf } from './markdown';

const topologies = ['reference', 'only-gcp', 'only-aws', 'only-idcf', 'only-metal', 'only-private'];

/** `aws_vpn_connection.tunnel1_preshared_key` for each attribute of a resource, or local, that a variable reaches. */
function reached(value: unknown, path: readonly string[]): string[] {
  if (typeof value === 'string') return /\$\{.*\bvar\.\w/s.test(value) ? [path.join('.')] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => reached(inner, Array.isArray(value) ? path : [...path, key]));
}

async function attributesWithSecrets(topology: string): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'watari-secrets-'));
  try {
    const { default: data } = (await import(`../../stacks/topologies/${topology}.ts`)) as { default: unknown };
    synthesize(loadPlatform(data), join(folder, 'out'));
    return readdirSync(join(folder, 'out', 'stacks')).flatMap((stack) =>
      attributesOf(join(folder, 'out', 'stacks', stack)),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function attributesOf(folder: string): string[] {
  const stack = JSON.parse(readFileSync(join(folder, 'cdk.tf.json'), 'utf8')) as {
    resource?: Record<string, Record<string, unknown>>;
    locals?: Record<string, unknown>;
    output?: unknown;
  };
  const resources = Object.entries(stack.resource ?? {}).flatMap(([type, all]) =>
    Object.values(all).flatMap((resource) => reached(resource, [type])),
  );
  const locals = reached(stack.locals ?? {}, []).map((name) => (name.endsWith('user-data') ? 'user data' : name));
  return [...resources, ...locals, ...reached(stack.output ?? {}, ['output'])];
}

test('the secrets that end up in states are the ones that docs/operating.md lists', async () => {
  const found = new Set((await Promise.all(topologies.map(attributesWithSecrets))).flat());
  const [, table = ''] = textOf('docs/operating.md').split('ends up in the state as |');
  const rows = table.split('\n\n')[0] ?? '';
  const listed = [...rows.matchAll(/`([a-z0-9_]+\.[a-z0-9_]+)`|(user data)/g)].map((match) => match[1] ?? match[2]);
  expect(found).toEqual(new Set(listed));
});
