/** @type {import('jest').Config} */
module.exports = {
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
        module: { type: 'commonjs' },
        sourceMaps: 'inline',
      },
    ],
  },
  // The default leaves one core idle, which is half of a machine with two.
  maxWorkers: '100%',
  // Tests run Terraform and cdktf; a busy machine makes them slow, not wrong.
  testTimeout: 180_000,
  cacheDirectory: '<rootDir>/.watari/jest',
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  reporters: ['default', '<rootDir>/test/support/outcome-reporter.js'],
  modulePathIgnorePatterns: ['<rootDir>/.watari/', '<rootDir>/cdktf.out/', '<rootDir>/images/[^/]+/dist/'],
};
