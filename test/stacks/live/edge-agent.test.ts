import { writeFileSync } from 'node:fs';
import { type Server, createServer } from 'node:http';
import { join } from 'node:path';
import { edgeAgent } from '../../../stacks/live/edge-agent';
import { type RunningAgent, freePort, python, startAgent, until } from '../../support/python-agent';
import { describeWith } from '../../support/requirements';

const addresses = { a: '127.0.0.1', b: '127.0.0.2' } as const;
/** What the edge remembers of a zone that does not answer in these tests. */
const names = { 'a.s1.origin.invalid': addresses.a, 'b.s1.origin.invalid': addresses.b };

describeWith(python, 'an edge', () => {
  let edge: RunningAgent;
  let originPort = 0;
  const servers: Server[] = [];

  const serve = async (address: string, port: number, answer: (url: string, token: unknown) => string) => {
    const server = createServer((request, response) =>
      response.end(answer(`${request.method} ${request.url}`, request.headers['x-token'])),
    );
    await new Promise<void>((resolve) => server.listen(port, address, resolve));
    servers.push(server);
  };
  const origin = (half: 'a' | 'b', streams: () => Record<string, number>) =>
    serve(addresses[half], originPort, () => JSON.stringify({ streams: streams() }));
  const start = async (settings: object = {}) => {
    const own = { domain: 'origin.invalid', originPort, ...settings };
    edge = await startAgent(edgeAgent, own, await freePort(), { 'names.json': JSON.stringify(names) });
  };
  const source = async (stream: string) => (await edge.get(`/source/${stream}`)).body.split(' ')[0];

  beforeEach(async () => {
    originPort = await freePort();
  });
  afterEach(async () => {
    await edge.stop();
    for (const server of servers.splice(0)) server.close();
  });

  it('is healthy while its media server is, with no origin in reach', async () => {
    await start();
    expect((await edge.get('/health')).status).toBe(200);
    await edge.media(undefined);
    expect((await edge.get('/health')).status).toBe(503);
  });

  it('finds a stream on whichever origin has it, by addresses that it remembers', async () => {
    await origin('a', () => ({ 's1-one': 5 }));
    await origin('b', () => ({ 's1-two': 5 }));
    await start();
    expect(await source('s1-one')).toBe('rtmp://127.0.0.1:1935/live/s1-one');
    expect(await source('s1-two')).toBe('rtmp://127.0.0.2:1935/live/s1-two');
  });

  it('follows the publisher that came last when a stale one is still on the other origin', async () => {
    await origin('a', () => ({ 's1-show': 300 }));
    await origin('b', () => ({ 's1-show': 0.5 }));
    await start();
    expect(await source('s1-show')).toBe('rtmp://127.0.0.2:1935/live/s1-show');
  });

  it('waits for a stream that is on its way from one origin to the other', async () => {
    let streams: Record<string, number> = {};
    await origin('b', () => streams);
    await start();
    const asked = source('s1-show');
    setTimeout(() => (streams = { 's1-show': 0 }), 700);
    expect(await asked).toBe('rtmp://127.0.0.2:1935/live/s1-show');
  });

  it('says where the timestamps of a stream go on for its viewers', async () => {
    await origin('a', () => ({ 's1-show': 5 }));
    await start();
    const offset = async () => Number((await edge.get('/source/s1-show')).body.split(' ')[1]);
    expect(await offset()).toBe(0);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await offset()).toBeGreaterThan(0.4);
  });

  it('has no source for names that belong to no shard', async () => {
    await start();
    expect((await edge.get('/source/show')).status).toBe(404);
    expect((await edge.get('/source/s1-..%2Fx')).status).toBe(404);
  });

  it('admits viewers of well-formed names, and none while it drains', async () => {
    await start();
    expect(await edge.post('/play', 'name=s1-show&addr=192.0.2.1')).toBe(200);
    expect(await edge.post('/play', 'name=..%2Fx')).toBe(403);
    writeFileSync(join(edge.folder, 'draining'), '');
    expect(await edge.post('/play', 'name=s1-show')).toBe(403);
    expect((await edge.get('/health')).status).toBe(503);
    expect((await edge.get('/metrics')).body).toContain('watari_draining 1');
  });

  it('drains when the provider gives notice of its end, asked with a token', async () => {
    const port = await freePort();
    await serve('127.0.0.1', port, (url, token) =>
      url === 'PUT /token' ? 'secret' : token === 'secret' ? 'Terminated' : 'InService',
    );
    const page = `http://127.0.0.1:${port}`;
    const token = { url: `${page}/token`, header: 'X-Token' };
    await start({ notice: { url: `${page}/state`, equals: 'Terminated', token } });
    await until(async () => (await edge.get('/health')).status === 503);
  });
});
