import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { metal } from '../../../../constructs/providers/metal';
import { settings, site } from './fixture';

describe('images that MAAS is asked for', () => {
  let server: Server;
  let asked: IncomingMessage[];
  let status: number;

  beforeEach(async () => {
    asked = [];
    status = 200;
    server = createServer((request, response) => {
      asked.push(request);
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify([{ name: 'custom/watari-edge-amd64-1' }, { name: 'watari-origin-amd64-2' }]));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  const at = (port = (server.address() as AddressInfo).port) =>
    site({ maas: { ...settings.maas, url: `http://127.0.0.1:${port}/MAAS` } });
  const missing = (names: string[], environment: Record<string, string> = { MAAS_API_KEY: 'consumer:token:secret' }) =>
    metal.imageInquiry.missing(at(), names, environment);

  it('are missing unless they were uploaded, under whichever of its two names MAAS keeps them', async () => {
    const names = ['custom/watari-edge-amd64-1', 'custom/watari-origin-amd64-2', 'custom/watari-gateway-amd64-3'];
    expect(await missing(names)).toEqual(['custom/watari-gateway-amd64-3']);
    expect(asked[0]?.url).toBe('/MAAS/api/2.0/boot-resources/?type=uploaded');
    expect(asked[0]?.headers.authorization).toMatch(
      /^OAuth .*oauth_consumer_key="consumer", oauth_token="token", oauth_signature="%26secret"/,
    );
  });

  it('cannot be known without a key, with a wrong one, or where nobody answers', async () => {
    await expect(missing([], {})).rejects.toThrow(/MAAS_API_KEY is not in the environment.*Set MAAS_API_KEY/);
    status = 401;
    await expect(missing(['custom/x'])).rejects.toThrow(/boot-resources\/\?type=uploaded answers 401/);
    const nowhere = metal.imageInquiry.missing(at(1), ['custom/x'], { MAAS_API_KEY: 'a:b:c' });
    await expect(nowhere).rejects.toThrow(/sites\.cage\.settings\.maas: .*does not answer/);
  });
});
