const swc = [
  '@swc/jest',
  {
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    module: { type: 'commonjs' },
    sourceMaps: 'inline',
  },
];

/** @returns {Promise<import('jest').Config>} */
module.exports = async () => {
  const { patterns } = await import('./test/support/faster-cdktf.mjs');
  const fasterCdktf = patterns.map((pattern) => [pattern, '<rootDir>/test/support/faster-cdktf.mjs']);
  return {
    roots: ['<rootDir>/test'],
    testMatch: ['**/*.test.ts'],
    transform: { '^.+\\.ts$': swc, ...Object.fromEntries(fasterCdktf) },
    transformIgnorePatterns: [`^(?!.*(?:${patterns.join('|')})).*/node_modules/`],
    // The default leaves one core idle, which is half of a machine with two.
    maxWorkers: '100%',
    // Tests run Terraform and cdktf; a busy machine makes them slow, not wrong.
    testTimeout: 180_000,
    cacheDirectory: '<rootDir>/.watari/jest',
    testSequencer: '<rootDir>/test/support/longest-first.js',
    globalSetup: '<rootDir>/test/support/global-setup.ts',
    reporters: ['default', '<rootDir>/test/support/outcome-reporter.js'],
    modulePathIgnorePatterns: ['<rootDir>/.watari/', '<rootDir>/cdktf.out/'],
  };
};
