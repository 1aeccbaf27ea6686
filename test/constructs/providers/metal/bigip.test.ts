import { metal } from '../../../../constructs/providers/metal';
import { removeObject, withhold } from '../../../../scripts/sandbox/control';
import type { Fields } from '../../../../scripts/sandbox/values';
import { factsOfAdapter } from '../../../support/provider-facts';
import { type Made, type SimulatedApi, SimulatedClouds } from '../../../support/simulated-api';

/**
 * Messages of the device's own log, which iControl REST passes on (K23011574 on my.f5.com: 01070265); around them the
 * provider's `HTTP 400 ::` (F5Networks/terraform-provider-bigip v1.28.0).
 */
describe('a simulated BIG-IP', () => {
  let clouds: SimulatedClouds;
  let api: SimulatedApi;

  beforeEach(() => {
    clouds = new SimulatedClouds(metal.simulations, factsOfAdapter('metal'));
    api = clouds.api('F5Networks/bigip', { address: '192.0.2.21', username: 'admin', password: 'p' });
  });
  afterEach(() => clouds.close());

  const pool = (name = '/Common/s1', more: Fields = {}): Promise<Made> =>
    api.create('bigip_ltm_pool', { name, ...more });
  const virtual = (name: string, destination: string, more: Fields = {}): Promise<Made> =>
    api.create('bigip_ltm_virtual_server', { name, destination, port: 1935, ...more });
  const monitor = (): Promise<Made> => api.create('bigip_ltm_monitor', { name: '/Common/rtmp', parent: '/Common/tcp' });

  it('has each name, address and member once', async () => {
    await pool();
    await expect(pool()).rejects.toThrow(
      'HTTP 409 :: {"code":409,"message":"01020066:3: The requested Pool (/Common/s1) already exists in partition Common."',
    );
    await virtual('/Common/s1', '203.0.113.10');
    await expect(virtual('/Common/s2', '203.0.113.10')).rejects.toThrow(
      '01020066:3: The requested Virtual Server (203.0.113.10) already exists in partition Common.',
    );
    const member = (): Promise<Made> =>
      api.create('bigip_ltm_pool_attachment', { pool: '/Common/s1', node: '10.1.32.5:1935' });
    await member();
    await expect(member()).rejects.toThrow('01020066:3: The requested Pool Member');
  });

  it('keeps what something else uses, and finds only what is there', async () => {
    await expect(virtual('/Common/s1', '203.0.113.10', { pool: '/Common/s1' })).rejects.toThrow(
      'HTTP 404 :: {"code":404,"message":"01020036:3: The requested Pool (/Common/s1) was not found."',
    );
    const asked = await monitor();
    const own = await pool('/Common/s1', { monitors: ['/Common/rtmp'] });
    await expect(api.destroy(asked)).rejects.toThrow(
      '01070265:3: The monitor (/Common/rtmp) cannot be deleted because it is in use by a Pool (/Common/s1).',
    );
    const server = await virtual('/Common/s1', '203.0.113.10', { pool: '/Common/s1' });
    await expect(api.destroy(own)).rejects.toThrow(
      'HTTP 400 :: {"code":400,"message":"01070265:3: The Pool (/Common/s1) cannot be deleted because it is in use by a Virtual Server (/Common/s1)."',
    );
    for (const made of [server, own, asked]) await api.destroy(made);
  });

  it('tells that something is gone, and makes it again', async () => {
    const made = await pool();
    removeObject(clouds.cloud, made.type, made.id);
    expect(await api.read(made)).toBeUndefined();
    expect(await pool()).toMatchObject({ id: made.id });
  });

  it('lets nobody in with another password', async () => {
    withhold(clouds.cloud, 'bigip-first-password');
    await expect(pool()).rejects.toThrow('HTTP 401 :: {"code":401,"message":"Authentication failed."');
  });
});
