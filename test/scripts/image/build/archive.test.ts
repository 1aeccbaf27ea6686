import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chooseArchive, standIn } from '../../../../scripts/image/build/archive';

let server: Server;
let address: string;
let status: number;
beforeEach(async () => {
  status = 200;
  server = createServer((_request, response) => response.writeHead(status).end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

const debian = () => ({
  suite: 'bookworm',
  snapshot: '20261120T000000Z',
  archive: `${address}/archive/debian`,
  securityArchive: `${address}/archive/debian-security`,
  mirror: 'http://mirror.example/debian',
});

test('packages come from the snapshot where that answers', async () => {
  const chosen = chooseArchive(debian(), {}, { env: {} });
  expect(chosen.archive).toBe(`${address}/archive/debian/20261120T000000Z`);
  expect(await standIn(chosen, debian())).toBeUndefined();
});

test('where it does not answer, Debian as it is today stands in, and is named as another archive', async () => {
  status = 503;
  const chosen = chooseArchive(debian(), {}, { env: {} });
  expect(await standIn(chosen, debian())).toEqual({
    suite: 'bookworm',
    archive: 'http://mirror.example/debian',
    securityArchive: 'http://mirror.example/debian-security',
    other: 'http://mirror.example/debian',
  });
});

test('a mirror that was named is taken as it is', async () => {
  status = 503;
  const chosen = chooseArchive(debian(), { archive: 'http://own.example/debian/' }, { env: {} });
  expect(chosen).toMatchObject({
    securityArchive: 'http://own.example/debian-security',
    other: 'http://own.example/debian/',
  });
  expect(await standIn(chosen, debian())).toBeUndefined();
});
