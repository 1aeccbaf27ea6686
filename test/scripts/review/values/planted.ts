import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { stringify } from 'yaml';

/** A secret and a text that holds it. Forms are put together here, so that no scanner takes this file for a leak. */
export interface Planted {
  readonly secret: string;
  readonly text: string;
}

const letters = (alphabet: string, minLength: number, maxLength: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...alphabet), minLength, maxLength });
const upper = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const alphanumeric = 'abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ0123456789';
/** A digit makes it sure that it is no word of ours. */
const plain = letters(alphanumeric, 20, 36).map((text) => `7${text}`);
const odd = letters(`${alphanumeric}!@#%^&*()_+-=[]{}|;:,.<>?/'"\\\``, 16, 30).map((text) => `Z9${text}x`);

const pem = (secret: string, kind = 'RSA '): string =>
  ['-----BEGIN ', `${kind}PRIVATE`, ` KEY-----\n${secret}\n${secret}\n-----END ${kind}PRIVATE KEY-----\n`].join('');

const byForm: readonly fc.Arbitrary<Planted>[] = [
  plain.map((secret) => ({ secret, text: pem(secret) })),
  plain.map((secret) => ({ secret, text: pem(secret, 'OPENSSH ') })),
  plain.map((secret) => ({ secret, text: pem(secret, '').slice(0, -30) })),
  plain.map((secret) => ({ secret, text: JSON.stringify({ type: 'service_account', private_key: pem(secret, '') }) })),
  letters(upper, 16, 16).map((secret) => ({ secret, text: `id ${'AK'}IA${secret} of a user` })),
  plain.map((secret) => ({ secret, text: `${'ey'}J${secret}.${'ey'}J${secret}.${secret}` })),
  plain.map((secret) => ({ secret, text: `see postgres://app:${secret}@db.example.com:5432/live?sslmode=require` })),
  plain.map((secret) => ({ secret, text: `git clone https://${secret}@git.example.com/live.git` })),
  plain.map((secret) => ({ secret, text: `${'gh'}p_${secret}${secret}` })),
  plain.map((secret) => ({ secret, text: `${'github'}_pat_${secret}` })),
  plain.map((secret) => ({ secret, text: `${'xo'}xb-123456789012-${secret}` })),
  plain.map((secret) => ({ secret, text: `${'sk'}_live_${secret}` })),
  plain.map((secret) => ({ secret, text: `curl -H "Authorization: Bearer ${secret}" https://api.example.com` })),
  plain.map((secret) => ({ secret, text: `curl -u admin:${secret} https://api.example.com` })),
  plain.map((secret) => ({ secret, text: `https://x.s3.amazonaws.com/a?X-Amz-Signature=${secret}&X-Amz-Expires=60` })),
];

const secretNames = [
  'password',
  'DB_PASSWORD',
  'clientSecret',
  'api-key',
  'aws_secret_access_key',
  'auth.token',
  'psk',
  'PGPASSWORD',
];
const name = fc.constantFrom(...secretNames);
const written = (
  write: (name: string, secret: string) => string,
  secrets: fc.Arbitrary<string>,
): fc.Arbitrary<Planted> => fc.tuple(name, secrets).map(([key, secret]) => ({ secret, text: write(key, secret) }));

const byName: readonly fc.Arbitrary<Planted>[] = [
  written((key, secret) => `export ${key}=${secret}`, plain),
  written((key, secret) => `A=1\n${key}=${secret}\nB=2`, odd),
  written((key, secret) => `serve --port 80 --${key} ${secret} --verbose`, plain),
  written((key, secret) => `${key}: ${secret}\nport: 80`, plain),
  written((key, secret) => `list:\n  - ${key}: |\n      ${secret}\n      ${secret}\n    port: 80`, plain),
  written((key, secret) => `${key}:\n- ${secret}\n- ${secret}\nport: 80`, plain),
  written((key, secret) => `the ${key} "${secret}" is not valid`, plain),
  written((key, secret) => `${key} = "${secret}" # in main.tf, line 3`, plain),
  written((key, secret) => `${key}='${secret}'`, plain),
  written((key, secret) => JSON.stringify({ a: [{ [key]: secret }] }), odd),
  written((key, secret) => JSON.stringify({ body: JSON.stringify({ [key]: secret, port: 80 }) }), odd),
  written((key, secret) => `request failed: ${JSON.stringify({ [key]: secret })}, try again`, odd),
  written((key, secret) => JSON.stringify([{ name: key, value: secret }]), odd),
  written((key, secret) => stringify({ service: { [key]: secret }, env: [{ name: key, value: secret }] }), odd),
  plain.map((secret) => ({ secret, text: `<user><Password>${secret}</Password></user>` })),
  plain.map((secret) => ({ secret, text: `echo 'root:${secret}' | chpasswd` })),
];

const base = fc.oneof(...byForm, ...byName);

type Wrapping = (text: string) => string;
const base64: Wrapping = (text) => Buffer.from(text).toString('base64');
const packed: Wrapping = (text) => gzipSync(text).toString('base64');
const wrapped: Wrapping = (text) => (base64(text).match(/.{1,64}/g) ?? []).join('\n');
const cloudConfig = (file: Readonly<Record<string, string>>): string =>
  `#cloud-config\n${stringify({ write_files: [{ path: '/etc/live', permissions: '0600', ...file }], runcmd: ['true'] })}`;

/** What texts are put into on their way to a machine. */
export const wrappings: readonly Wrapping[] = [
  (text) => text,
  base64,
  packed,
  (text) => `data ${wrapped(text)}\nend`,
  (text) => cloudConfig({ content: text }),
  (text) => base64(cloudConfig({ content: base64(text), encoding: 'b64' })),
  (text) => packed(cloudConfig({ content: packed(text), encoding: 'gz+b64' })),
  (text) => `#cloud-config\nruncmd:\n  - ${JSON.stringify(text)}\n`,
  (text) => `#!/bin/sh\necho ${base64(text)} | base64 -d | sh\n`,
  (text) => `#!/bin/sh\nbase64 -d <<'end' >/etc/live\n${base64(text)}\nend\n`,
  (text) => `<powershell>\r\n${text}\r\n</powershell>`,
  (text) => JSON.stringify({ config: { data: text } }),
  (text) => JSON.stringify({ config: base64(text) }),
  (text) =>
    `Content-Type: multipart/mixed; boundary="part"\nMIME-Version: 1.0\n\n--part\nContent-Type: text/cloud-config\nContent-Transfer-Encoding: base64\n\n${wrapped(cloudConfig({ content: text }))}\n--part--\n`,
];

export const planted: fc.Arbitrary<Planted> = fc
  .tuple(base, fc.constantFrom(...wrappings))
  .map(([{ secret, text }, wrap]) => ({ secret, text: wrap(text) }));

/** A value that a provider marks, or that stands below a secret name. */
export const odd20: fc.Arbitrary<string> = odd;

/** A tree with a value at a random place. */
export function treeAround(value: unknown): fc.Arbitrary<unknown> {
  const key = fc.constantFrom('user_data', 'metadata', 'tags', 'content', 'rule', 'settings', 'data');
  const step = fc.oneof(
    key.map((name) => (inner: unknown): unknown => ({ [name]: inner, enabled: true })),
    fc.constant((inner: unknown): unknown => [inner, 'other']),
    key.map((name) => (inner: unknown): unknown => ({ [name]: JSON.stringify(inner) })),
  );
  const steps = fc.array(step, { maxLength: 5 });
  return fc.tuple(key, steps).map(([name, all]) => ({ [name]: all.reduce((inner, wrap) => wrap(inner), value) }));
}

/** Whether a text holds a secret or a part of it that is long enough to be one. */
export function holds(text: string, secret: string): boolean {
  for (let start = 0; start + 8 <= secret.length; start += 1) {
    if (text.includes(secret.slice(start, start + 8))) return true;
    if (text.includes(JSON.stringify(secret.slice(start, start + 8)).slice(1, -1))) return true;
  }
  return false;
}
