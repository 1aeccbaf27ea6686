import { type TObject, type TProperties, Type } from '@sinclair/typebox';

/** The types of images/kit/description.ts and checks.ts, for those who run no type checker. */

const text = (description: string) => Type.String({ minLength: 1, description });
const exact = <T extends TProperties>(properties: T) => Type.Object(properties, { additionalProperties: false });
const oneOf = <T extends string>(...values: readonly T[]) => Type.Union(values.map((value) => Type.Literal(value)));

const mode = Type.String({ pattern: '^[0-7]{4}$', description: 'Four octal digits: 0644.' });
const owner = Type.String({ pattern: '^[^:\\s]+:[^:\\s]+$', description: 'As chown takes it: root:root.' });
const sha256 = Type.String({ pattern: '^[0-9a-f]{64}$', description: 'SHA-256 in lower-case hexadecimal digits.' });
const source = Type.String({ pattern: '^[^/]', minLength: 1, description: 'A path from images/: steps/harden.sh.' });
const target = Type.String({ pattern: '^/', description: 'A path in the image, from its root: /etc/hosts.' });
/** Debian Policy 5.6.1: lower-case letters, digits, plus, minus and dot, beginning with a letter or a digit. */
const packageName = Type.String({
  pattern: '^[a-z0-9][a-z0-9+.-]+$',
  description: 'A name as Debian writes it: nginx.',
});

const download = exact({ url: Type.String({ pattern: '^https?://' }), sha256 });

const release = exact({
  name: text('What the program is called.'),
  version: text('As its makers write it.'),
  license: text('An SPDX identifier: MPL-2.0.'),
  download: exact({ amd64: download, arm64: download }),
  install: Type.Record(Type.String(), exact({ path: target, mode })),
});

const input = Type.Union([
  exact({
    kind: Type.Literal('file'),
    description: text('What whoever builds gives.'),
    path: target,
    mode,
    optional: Type.Optional(Type.Boolean()),
  }),
  exact({
    kind: Type.Literal('text'),
    description: text('What whoever builds gives.'),
    default: Type.Optional(Type.String()),
    pattern: Type.Optional(Type.String()),
  }),
]);

const file = exact({ source, path: target, mode, owner: Type.Optional(owner) });

/** Checks are judged one by one: which kind somebody meant is seen from the first word, not from how many errors it has. */
export const descriptionSchema = exact({
  summary: text('What the image is for, in one line.'),
  base: text('Another image, or an operating system.'),
  microarchitectures: Type.Optional(Type.Boolean()),
  packages: Type.Optional(Type.Array(packageName)),
  releases: Type.Optional(Type.Array(release)),
  inputs: Type.Optional(Type.Record(Type.String({ pattern: '^[A-Za-z_][A-Za-z0-9_]*$' }), input)),
  files: Type.Optional(Type.Array(file)),
  steps: Type.Optional(Type.Array(source)),
  checks: Type.Optional(Type.Array(Type.Object({}))),
  diskGiB: Type.Optional(Type.Integer({ minimum: 1, description: 'GiB.' })),
});

const check = <T extends TProperties>(properties: T) =>
  exact({ when: Type.Optional(oneOf('running', 'sealed')), ...properties });
const sentence = text('What it shows, as a sentence.');

/** Kinds of checks by the field that says what is asked. */
export const checkSchemas: Readonly<Record<string, TObject>> = {
  service: check({ service: text('A unit.'), is: oneOf('running', 'enabled', 'disabled', 'startable') }),
  port: check({
    port: Type.Integer({ minimum: 1, maximum: 65535 }),
    protocol: Type.Optional(oneOf('tcp', 'udp')),
  }),
  http: check({
    http: Type.String({ pattern: '^https?://' }),
    status: Type.Integer({ minimum: 100, maximum: 599 }),
    contains: Type.Optional(Type.String()),
  }),
  user: check({ user: text('An account.'), is: oneOf('absent', 'locked', 'present') }),
  file: check({
    file: text('A path.'),
    mode: Type.Optional(mode),
    owner: Type.Optional(owner),
    contains: Type.Optional(Type.String()),
  }),
  absent: check({ absent: text('A path; * and ? as in a shell.') }),
  sysctl: check({ sysctl: text('A setting of the kernel.'), value: Type.String() }),
  registry: check({
    registry: text('A key.'),
    name: text('A value of the key.'),
    value: Type.Union([Type.String(), Type.Number()]),
  }),
  command: check({ command: text('A command.'), what: sentence, prints: Type.Optional(Type.String()) }),
  script: check({ script: source, what: sentence }),
};
