// Jest loads reporters without its transform: this one is compiled here.
const { join } = require('node:path');
const { buildSync } = require('esbuild');

const entryPoints = [join(__dirname, 'outcome.ts')];
const { outputFiles } = buildSync({
  entryPoints,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  write: false,
});
module._compile(outputFiles[0].text, join(__dirname, 'outcome.js'));
