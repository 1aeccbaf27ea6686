import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './python-agent';

/** An origin of live streams on this machine, as an edge in a virtual machine sees it. */
export interface MediaOrigin {
  /** Programs that lead connections of the virtual machine here, by port. */
  readonly forwards: { readonly rtmp: string; readonly agent: string };
  stop(): void;
}

/** Hands standard input and output on to a port of this machine: QEMU starts one for each connection. */
const forwarder = (port: number) => `#!/usr/bin/env python3
import os, socket, threading
origin = socket.create_connection(('127.0.0.1', ${port}))
def send():
    while data := os.read(0, 65536):
        origin.sendall(data)
    origin.shutdown(socket.SHUT_WR)
threading.Thread(target=send, daemon=True).start()
while data := origin.recv(65536):
    while data:
        data = data[os.write(1, data):]
`;

/** nginx with its RTMP module, a stream that is published to it, and the answer of an origin's agent. */
export async function startOrigin(stream: string): Promise<MediaOrigin> {
  const folder = mkdtempSync(join(tmpdir(), 'watari-origin-'));
  chmodSync(folder, 0o755);
  const rtmp = await freePort();
  writeFileSync(join(folder, 'nginx.conf'), configuration(folder, rtmp));
  const children: ChildProcess[] = [];
  children.push(spawn('nginx', ['-c', join(folder, 'nginx.conf'), '-g', 'daemon off;'], { stdio: 'ignore' }));
  const agent = createServer((request, response) => {
    response.statusCode = request.url === '/publishers' ? 200 : 404;
    response.end(JSON.stringify({ streams: { [stream]: 1 } }));
  });
  await new Promise<void>((resolve) => agent.listen(0, '127.0.0.1', resolve));
  let stopped = false;
  const publish = () => {
    if (stopped) return;
    const url = `rtmp://127.0.0.1:${rtmp}/live/${stream}`;
    const child = spawn('ffmpeg', [...picture, url], { stdio: 'ignore' });
    children.push(child);
    child.once('exit', () => setTimeout(publish, 500));
  };
  publish();
  const script = (name: string, port: number) => {
    const file = join(folder, name);
    writeFileSync(file, forwarder(port), { mode: 0o755 });
    return file;
  };
  return {
    forwards: { rtmp: script('rtmp', rtmp), agent: script('agent', (agent.address() as AddressInfo).port) },
    stop: () => {
      stopped = true;
      agent.close();
      for (const child of children) child.kill('SIGTERM');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const picture = [
  ...['-nostdin', '-loglevel', 'quiet', '-re', '-f', 'lavfi', '-i', 'testsrc=size=160x120:rate=10'],
  ...['-f', 'lavfi', '-i', 'sine', '-c:v', 'libx264', '-preset', 'ultrafast', '-tune', 'zerolatency', '-g', '10'],
  ...['-c:a', 'aac', '-f', 'flv'],
];

function configuration(folder: string, port: number): string {
  return `worker_processes 1;
pid ${folder}/pid;
error_log ${folder}/error.log;
include /etc/nginx/modules-enabled/*.conf;
events {}
rtmp { server { listen 127.0.0.1:${port}; application live { live on; } } }
`;
}
