import { spawn } from 'node:child_process';
import { Client, credentials } from '@grpc/grpc-js';
import { callsOf, type Call, type CallName } from '../protocol';

/** A provider's program that runs and answers the plugin protocol. */
export interface Plugin {
  /** Throws when the program dies over the call, or refuses it. */
  ask(call: CallName, request: object): Promise<unknown>;
  close(): void;
}

/** What go-plugin wants to see, from Terraform's `internal/plugin/serve.go`: it only guards against a start by hand. */
const handshake = {
  TF_PLUGIN_MAGIC_COOKIE: 'd602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2',
  PLUGIN_PROTOCOL_VERSIONS: '5,6',
};
const answerMilliseconds = 30_000;
const keptErrorCharacters = 4000;

/** Starts a provider's program; its socket lies in `folder`. Throws what the program said when it does not start. */
export async function launch(binary: string, folder: string): Promise<Plugin> {
  const env = { PATH: process.env['PATH'], HOME: folder, TMPDIR: folder, ...handshake };
  const child = spawn(binary, [], { env, stdio: ['pipe', 'pipe', 'pipe'] });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors = (errors + chunk.toString()).slice(-keptErrorCharacters)));
  const line = await new Promise<string>((resolve, reject) => {
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes('\n')) resolve(output.slice(0, output.indexOf('\n')));
    });
    child.on('error', reject).on('exit', () => reject(new Error(`${binary} does not start: ${errors}`)));
  });
  const [, protocol, network, address = ''] = line.split('|');
  const client = new Client(network === 'unix' ? `unix:${address}` : address, credentials.createInsecure(), {
    'grpc.max_receive_message_length': -1,
  });
  const calls = new Map([...callsOf(protocol === '5' ? 5 : 6).values()].map((call) => [call.name, call]));
  return {
    ask: (name, request) => ask(client, calls.get(name), request),
    close: () => {
      client.close();
      child.kill('SIGTERM');
    },
  };
}

function ask(client: Client, call: Call | undefined, request: object): Promise<unknown> {
  if (!call) throw new Error('no such call');
  const deadline = Date.now() + answerMilliseconds;
  const write = (message: object): Buffer => Buffer.from(call.encodeRequest(message));
  return new Promise((resolve, reject) => {
    client.makeUnaryRequest(call.path, write, call.decodeAnswer, request, { deadline }, (error, answer) =>
      error ? reject(error) : resolve(answer),
    );
  });
}
