import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProgram } from './programs';
import type { Requirement } from './requirements';

export const python: Requirement = {
  name: 'python3',
  install: 'apt-get install python3',
  isPresent: () => findProgram('python3') !== undefined,
};

interface MediaState {
  readonly streams: Readonly<Record<string, number>>;
  readonly viewers: number;
}

/** An agent of the live system over a media server that says what a test wants; stop it when done. */
export interface RunningAgent {
  readonly url: string;
  readonly folder: string;
  /** `undefined`: the media server is dead. Settles once the agent has forgotten what it knew, after 0.2 s. */
  media(state: MediaState | undefined): Promise<void>;
  get(path: string): Promise<{ readonly status: number; readonly body: string }>;
  post(path: string, body?: string): Promise<number>;
  stop(): Promise<void>;
}

const mediaModule = `import json, os
def state():
    return json.load(open(os.path.join(os.path.dirname(__file__), 'state.json')))
`;

/** @param files further files in the agent's folder, there before it starts */
export async function startAgent(
  program: string,
  settings: object,
  port: number,
  files: Readonly<Record<string, string>> = {},
): Promise<RunningAgent> {
  const folder = mkdtempSync(join(tmpdir(), 'watari-agent-'));
  const media = async (state: MediaState | undefined) => {
    const path = join(folder, 'state.json');
    writeFileSync(`${path}.new`, JSON.stringify(state ?? {}));
    if (state) renameSync(`${path}.new`, path);
    else rmSync(path);
    await new Promise((resolve) => setTimeout(resolve, 250));
  };
  const own = { library: folder, store: join(folder, 'names.json'), flag: join(folder, 'draining'), port };
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  writeFileSync(join(folder, 'agent'), program);
  writeFileSync(join(folder, 'media.py'), mediaModule);
  writeFileSync(join(folder, 'settings.json'), JSON.stringify({ ...settings, ...own }));
  await media({ streams: {}, viewers: 0 });
  const child = spawn('python3', [join(folder, 'agent'), join(folder, 'settings.json')], { stdio: 'inherit' });
  const url = `http://127.0.0.1:${port}`;
  await untilListening(url);
  return { url, folder, media, ...client(url), stop: () => stop(child, folder) };
}

function client(url: string): Pick<RunningAgent, 'get' | 'post'> {
  return {
    get: async (path) => {
      const answer = await fetch(`${url}${path}`);
      return { status: answer.status, body: await answer.text() };
    },
    post: async (path, body = '') => (await fetch(`${url}${path}`, { method: 'POST', body })).status,
  };
}

async function stop(child: ChildProcess, folder: string): Promise<void> {
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
  rmSync(folder, { recursive: true });
}

async function untilListening(url: string): Promise<void> {
  await until(async () => (await fetch(`${url}/metrics`).catch(() => undefined)) !== undefined);
}

/** Waits until something holds. @throws after ten seconds */
export async function until(holds: () => Promise<boolean> | boolean): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('did not happen within ten seconds');
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}
