import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type Server, createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeWith, requirement } from '../../support/requirements';
import { images } from './scripts';

const script = join(images, 'windows-drm', 'sealing', 'wait-for-closing.sh');

describeWith([requirement('openssl'), requirement('curl')], 'the wait for the last door of a build machine', () => {
  const folder = mkdtempSync(join(tmpdir(), 'watari-closing-'));
  let server: Server;
  let port: number;

  beforeAll(() => {
    const files = ['-keyout', join(folder, 'key'), '-out', join(folder, 'cert')];
    const request = [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:prime256v1',
      '-nodes',
      '-days',
      '1',
    ];
    execFileSync('openssl', [...request, '-subj', '/CN=watari-build', ...files], { stdio: 'ignore' });
  });
  beforeEach(async () => {
    const pair = { key: readFileSync(join(folder, 'key')), cert: readFileSync(join(folder, 'cert')) };
    // WinRM refuses whoever shows no password: that is an answer too.
    server = createServer(pair, (_request, response) => response.writeHead(401).end());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  });
  afterEach(() => closeServer());
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function closeServer(): Promise<void> {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(() => resolve()));
  }

  function wait(seconds: number): Promise<{ code: number | null; output: string }> {
    const env = { ...process.env, WATARI_POLL_SECONDS: '0.2', WATARI_SETTLE_SECONDS: '0' };
    const child = spawn('bash', [script, '127.0.0.1', String(port), String(seconds)], { env });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
    return new Promise((resolve) => child.on('close', (code) => resolve({ code, output })));
  }

  it('ends when nobody answers any more', async () => {
    const waiting = wait(60);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await closeServer();
    expect(await waiting).toEqual({ code: 0, output: `WinRM at 127.0.0.1:${port} is closed\n` });
  });

  it('fails the build when the door stays open', async () => {
    const { code, output } = await wait(2);
    expect(code).toBe(1);
    expect(output).toContain('still answers at 127.0.0.1');
    expect(output).toContain('no image is kept');
  });

  it('fails the build when it never sees the door open', async () => {
    await closeServer();
    const { code, output } = await wait(60);
    expect(code).toBe(1);
    expect(output).toContain('nobody can see it closing');
  });
});
