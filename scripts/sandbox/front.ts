import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';

/** A call of Terraform by whatever program, as the front saw it. */
export interface FrontCall {
  readonly cwd: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** What is run in its place. */
export interface RealCall {
  readonly program: string;
  readonly cwd: string;
  readonly args: readonly string[];
  /** Additions to the environment; null removes a variable. */
  readonly env: Readonly<Record<string, string | null>>;
}

/** Stands for `terraform` and `tofu`: asks the sandbox what to run, runs it on the same terminal, ends as it ends. */
const script = (node: string, socket: string): string => `#!${node}
const { connect } = require('node:net');
const { spawn } = require('node:child_process');
const chunks = [];
const call = { cwd: process.cwd(), args: process.argv.slice(2), env: process.env };
const asked = connect(${JSON.stringify(socket)}, () => asked.end(JSON.stringify(call)));
asked.on('error', (error) => { console.error('The sandbox is gone: ' + error.message); process.exit(1); });
asked.on('data', (chunk) => chunks.push(chunk));
asked.on('end', () => {
  const answer = JSON.parse(Buffer.concat(chunks).toString());
  if (answer.error) { console.error(answer.error); process.exit(1); }
  const env = { ...process.env, ...answer.env };
  for (const name of Object.keys(env)) if (env[name] === null) delete env[name];
  const child = spawn(answer.program, answer.args, { cwd: answer.cwd, env, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => signal === 'SIGINT' && process.stdin.isTTY || child.kill(signal));
  child.on('error', (error) => { console.error(error.message); process.exit(1); });
  child.on('exit', (code, signal) => process.exit(signal ? 1 : code));
});
`;

/** The names under which programs look for Terraform. */
const NAMES = ['terraform', 'tofu'];

/** Writes the fronts into a folder of their own and returns that folder. */
export function writeFronts(folder: string, socket: string): string {
  const programs = join(folder, 'bin');
  mkdirSync(programs, { recursive: true });
  for (const name of NAMES) {
    writeFileSync(join(programs, name), script(process.execPath, socket));
    chmodSync(join(programs, name), 0o755);
  }
  return programs;
}

/** Answers the fronts. */
export async function answerFronts(socket: string, answer: (call: FrontCall) => Promise<RealCall>): Promise<Server> {
  const server = createServer({ allowHalfOpen: true }, (connection) => {
    const chunks: Buffer[] = [];
    connection.on('error', () => connection.destroy());
    connection.on('data', (chunk: Buffer) => chunks.push(chunk));
    connection.on('end', () => {
      const call = JSON.parse(Buffer.concat(chunks).toString()) as FrontCall;
      void answer(call).then(
        (real) => connection.end(JSON.stringify(real)),
        (error: unknown) =>
          connection.end(JSON.stringify({ error: error instanceof Error ? error.message : String(error) })),
      );
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(socket, resolve);
  });
  return server;
}
