import { existsSync, readFileSync } from 'node:fs';
import type { TypeFacts } from '../facts';
import { fromState } from '../codec';
import { Stable } from '../stable';
import { Dynamic, type Fields, type Type, type Value } from '../values';
import { refusePlanting } from './not-plantable';
import { inSetOrder } from './set-order';
import type { StateOutputs } from './state';

/** The name under which Terraform keeps its own provider in states. */
export const BUILTIN = 'provider["terraform.io/builtin/terraform"]';

/** `terraform_data`, with the parts of its schema that a configuration may set. */
export const TERRAFORM_DATA: TypeFacts = {
  block: {
    attributes: {
      id: { type: 'string', computed: true },
      input: { type: 'dynamic', optional: true },
      output: { type: 'dynamic', computed: true },
      triggers_replace: { type: 'dynamic', optional: true },
    },
  },
};

/** `terraform_remote_state`; a configuration sets all but the outputs. */
export const REMOTE_STATE: TypeFacts = {
  block: {
    attributes: {
      backend: { type: 'string', required: true },
      config: { type: 'dynamic', optional: true },
      defaults: { type: 'dynamic', optional: true },
      outputs: { type: 'dynamic', computed: true },
      workspace: { type: 'string', optional: true },
    },
  },
};

/** What Terraform makes of a `terraform_data`; its id is random there. */
export function terraformData(config: Fields, stack: string, address: string): Fields {
  return { ...config, id: new Stable(`${stack} ${address}`).uuid(), output: config['input'] ?? null };
}

/** What reading another stack's local state gives. @param file where the sandbox keeps it */
export function remoteState(config: Fields, file: string): Fields {
  if (config['workspace'] !== null || config['defaults'] !== null) refusePlanting('a remote state with defaults');
  const path = new Dynamic(['object', { path: 'string' }], { path: file });
  return { ...config, backend: 'local', config: path, outputs: outputsIn(file) };
}

function outputsIn(file: string): Dynamic {
  if (!existsSync(file)) refusePlanting('the state of another stack, which is not there');
  const { outputs } = JSON.parse(readFileSync(file, 'utf8')) as { readonly outputs: StateOutputs };
  const names = Object.keys(outputs).sort();
  const types: Record<string, Type> = {};
  const values: Record<string, Value> = {};
  for (const name of names) {
    const output = outputs[name];
    if (!output) continue;
    types[name] = output.type;
    values[name] = inSetOrder(fromState(output.value, output.type), output.type);
  }
  return new Dynamic(['object', types], values);
}
