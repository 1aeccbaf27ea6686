// Who may import whom. The table below is the architecture: systems -> neutral constructs -> contract <- adapters.
const { dirname, relative, resolve, sep } = require('node:path');

/** Areas of the tree; the first pattern that matches a path decides. `$1` is the adapter's name. */
const areas = [
  ['contract', /^constructs\/contract\//],
  ['registry', /^constructs\/providers\/registry$/],
  ['adapter:$1', /^constructs\/providers\/([^/]+)(\/|$)/],
  ['neutral', /^constructs\//],
  ['main', /^stacks\/main$/],
  ['systems', /^stacks\//],
  // Publishable on its own.
  ['package', /^images\/packer-ts-helpers\//],
  ['images', /^images\//],
  // Stacks for the bench to compare with cdktf alone: bindings and nothing else, as in tests.
  ['test', /^scripts\/bench\/generated\//],
  ['scripts', /^scripts\//],
  ['test', /^test\//],
  ['bindings:$1', /^\.gen\/providers\/([^/]+)/],
];

/** The bindings of published providers, under the names that the generated ones would have. */
const publishedBindings = /^@cdktf\/provider-(?!generator)([^/]+)(\/|$)/;

const bindingsOf = {
  gcp: ['google'],
  aws: ['aws'],
  cloudstack: ['cloudstack'],
  metal: ['bigip', 'maas', 'junos'],
};

/** What each area may import from the repository, beside itself. An area that is not listed may import everything. */
const allowed = {
  contract: [],
  neutral: ['contract', 'images'],
  systems: ['contract', 'neutral', 'images'],
  package: [],
  images: ['contract', 'package'],
  registry: ['contract', 'neutral', 'adapter'],
  main: ['contract', 'neutral', 'systems', 'registry', 'images'],
  scripts: ['contract', 'neutral', 'systems', 'main', 'registry', 'images', 'package'],
  adapter: ['contract', 'images'],
};

/** Plain functions that adapters share: neutral code without a provider in it. */
const sharedWithAdapters = /^constructs\/util\//;

const why = {
  contract: 'the contract holds types only and knows nobody',
  neutral: 'neutral constructs know the contract, and no provider',
  systems: 'systems use neutral constructs and the contract, and know no provider',
  package: 'packer-ts-helpers is published on its own and knows nothing of Watari',
  images: 'images know the contract and packer-ts-helpers only',
  registry: 'the registry lists adapters',
  main: 'the composition root reaches providers through the registry',
  scripts: 'scripts reach providers through the registry',
  adapter: 'an adapter knows the contract, constructs/util and its own bindings, and no other adapter',
};

const rule = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      wall: '{{from}} may not import {{to}}: {{why}}.',
      index: 'Import {{name}}/lib/<resource>, not the index: it loads every resource of the provider.',
    },
  },
  create(context) {
    const file = toRepositoryPath(context.cwd, context.filename);
    const check = (node, source, isType) => {
      if (typeof source?.value !== 'string') return;
      const violation = findViolation(file, source.value, isType);
      if (violation) context.report({ node, ...violation });
    };
    return {
      ImportDeclaration: (node) => check(node, node.source, isTypeOnly(node, node.importKind)),
      ExportNamedDeclaration: (node) => check(node, node.source, node.exportKind === 'type'),
      ExportAllDeclaration: (node) => check(node, node.source, node.exportKind === 'type'),
      ImportExpression: (node) => check(node, node.source, false),
      TSImportType: (node) => check(node, node.source ?? node.argument?.literal, true),
      'CallExpression[callee.name="require"]': (node) => check(node, node.arguments[0], false),
    };
  },
};

function isTypeOnly(node, kind) {
  if (kind === 'type') return true;
  return node.specifiers.length > 0 && node.specifiers.every((specifier) => specifier.importKind === 'type');
}

function findViolation(file, specifier, isType) {
  const published = publishedBindings.exec(specifier);
  if (published && !/\/lib\/./.test(specifier)) return { messageId: 'index', data: { name: published[0] } };
  const target = resolveFrom(file, specifier);
  const from = areaOf(file);
  const to = published ? `bindings:${published[1]}` : areaOf(target);
  if (!from || !to || from === to || mayImport(from, to, target, isType)) return undefined;
  return { messageId: 'wall', data: { from, to, why: why[kindOf(from)] } };
}

function mayImport(from, to, target, isType) {
  const kind = kindOf(from);
  // A topology names its providers, so that a misspelt one does not compile; nothing of them is loaded.
  if (isType && to === 'registry' && (kind === 'systems' || kind === 'neutral')) return true;
  if (kindOf(to) === 'bindings') {
    return kind === 'test' || (bindingsOf[from.split(':')[1]] ?? []).includes(to.split(':')[1]);
  }
  if (kind === 'adapter' && sharedWithAdapters.test(target)) return true;
  return allowed[kind]?.includes(kindOf(to)) ?? true;
}

function kindOf(area) {
  return area.split(':')[0];
}

function areaOf(path) {
  for (const [name, pattern] of areas) {
    const match = pattern.exec(path);
    if (match) return name.replace('$1', match[1] ?? '');
  }
  return undefined;
}

function resolveFrom(file, specifier) {
  if (!specifier.startsWith('.')) return '';
  return resolve('/', dirname(file), specifier).slice(1);
}

function toRepositoryPath(root, path) {
  return relative(root, path).split(sep).join('/').replace(/\.ts$/, '');
}

/** The walls as a part of a flat configuration. */
const walls = [
  {
    files: ['constructs/**/*.ts', 'stacks/**/*.ts', 'images/**/*.ts', 'scripts/**/*.ts', 'test/**/*.ts'],
    plugins: { watari: { rules: { walls: rule } } },
    rules: { 'watari/walls': 'error' },
  },
];

module.exports = { walls };
