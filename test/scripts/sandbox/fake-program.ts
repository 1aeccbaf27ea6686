import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

/**
 * A provider's program for the example provider, as go-plugin starts one. It refuses a network of the name `refused`, dies
 * over one of the name `deadly`, and plans descriptions by its own region, to tell its plans from simulated ones.
 */
const entry = `
import { join } from 'node:path';
import { decode, encode } from './scripts/sandbox/codec';
import { listen } from './scripts/sandbox/grpc';
import { callsOf } from './scripts/sandbox/protocol';
import { typeOfBlock } from './scripts/sandbox/schema';
import { UNKNOWN } from './scripts/sandbox/values';
import { exampleFacts } from './test/scripts/sandbox/example-provider';
const calls = callsOf(5);
let region = 'nowhere';
const typeOf = (name) => typeOfBlock(exampleFacts.resources[name].block);
const answers = {
  configure: ({ config }) => {
    region = decode(config, typeOfBlock(exampleFacts.provider_config ?? {})).region;
    return {};
  },
  validate: ({ type_name, config }) => {
    const isRefused = decode(config, typeOf(type_name)).name === 'refused';
    return { diagnostics: isRefused ? [{ severity: 1, summary: 'refused by the program' }] : [] };
  },
  upgrade: ({ type_name, raw_state }) => ({ upgraded_state: encode(decode(raw_state, typeOf(type_name)), typeOf(type_name)) }),
  plan: ({ type_name, prior_state, proposed_new_state, prior_private }) => {
    const [prior, proposed] = [prior_state, proposed_new_state].map((wire) => decode(wire, typeOf(type_name)));
    if (proposed.name === 'deadly') process.exit(1);
    if (prior_private?.length) throw new Error('that is none of mine');
    const { id, link } = prior ?? { id: UNKNOWN, link: UNKNOWN };
    const planned = { ...proposed, id, link, description: 'planned in ' + region };
    return { planned_state: encode(planned, typeOf(type_name)), legacy_type_system: true };
  },
};
const socket = join(process.env.TMPDIR, 'fake-' + process.pid);
listen(socket, async ({ path, message }) => {
  const call = calls.get(path);
  return { message: call.encode(answers[call.name](call.decode(message))) };
}).then(() => console.log('1|5|unix|' + socket + '|grpc'));
`;

/** Compiles the program into a folder; returns its path. */
export function compileFakeProgram(folder: string): string {
  const file = join(folder, 'terraform-provider-cloud_v1.0.0');
  const stdin = { contents: entry, resolveDir: join(__dirname, '..', '..', '..'), loader: 'js' } as const;
  const built = buildSync({ stdin, bundle: true, platform: 'node', write: false, logLevel: 'error' });
  writeFileSync(file, `#!${process.execPath}\n${built.outputFiles[0]?.text ?? ''}`);
  chmodSync(file, 0o755);
  return file;
}
