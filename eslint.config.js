const tseslint = require('typescript-eslint');
const { walls } = require('./eslint.walls.js');

module.exports = tseslint.config(
  { ignores: ['node_modules/', '.watari/', '.gen/', 'cdktf.out/', 'images/*/dist/', 'coverage/'] },
  ...tseslint.configs.strict,
  ...tseslint.configs.stylistic,
  {
    rules: {
      eqeqeq: 'error',
      'max-lines': ['error', { max: 400 }],
      'max-lines-per-function': ['error', { max: 50, skipBlankLines: true, skipComments: true }],
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx'] }],
      'prefer-const': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: __dirname } },
    rules: {
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/require-array-sort-compare': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  // Library code answers its caller; commands write to the streams of their context.
  {
    files: ['constructs/**/*.ts', 'stacks/**/*.ts', 'scripts/**/*.ts', 'images/**/*.ts'],
    rules: { 'no-console': 'error' },
  },
  // One `describe` holds many tests; each of those is a function of its own.
  // An absent element fails the test that asks for it.
  {
    files: ['test/**/*.ts'],
    rules: { 'max-lines-per-function': 'off', '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  // The type checker does not read these.
  {
    files: ['**/*.mjs', '**/*.js'],
    rules: { 'no-undef': 'error' },
    languageOptions: { globals: { console: 'readonly', process: 'readonly' } },
  },
  // What a browser runs.
  {
    files: ['scripts/map/page/*.mjs'],
    languageOptions: { globals: { document: 'readonly', window: 'readonly', CustomEvent: 'readonly' } },
  },
  {
    files: ['**/*.js'],
    rules: { '@typescript-eslint/no-require-imports': 'off' },
    languageOptions: { sourceType: 'commonjs', globals: { __dirname: 'readonly' } },
  },
  ...walls,
);
