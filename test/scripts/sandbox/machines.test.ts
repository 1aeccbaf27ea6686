import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { registry } from '../../../constructs/providers/registry';
import { Cloud } from '../../../scripts/sandbox/cloud';
import { hasMachine } from '../../../scripts/sandbox/machines';
import type { CloudObject } from '../../../scripts/sandbox/objects';

const simulations = Object.values(registry).flatMap((provider) => [...provider.simulations]);
const address = '10.65.32.5';
const machines: Readonly<Record<string, CloudObject['attributes']>> = {
  aws_instance: { private_ip: address },
  google_compute_instance: { network_interface: [{ network_ip: address }] },
  cloudstack_instance: { ip_address: address },
  cloudstack_nic: { ip_address: address },
  maas_instance: { network_interfaces: [{ ip_address: '203.0.113.4' }, { ip_address: address }] },
};
const others: Readonly<Record<string, CloudObject['attributes']>> = {
  aws_route53_record: { records: [address] },
  aws_lb_target_group_attachment: { target_id: address },
  google_dns_record_set: { rrdatas: [address] },
  bigip_ltm_pool_attachment: { node: `${address}:1935`, ratio: address },
  maas_instance: { network_interfaces: [{ ip_address: '10.65.32.55' }], hostname: address },
};

describe('a machine of the simulated cloud', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'watari-machines-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const cloudWith = (type: string, attributes: CloudObject['attributes']): Cloud => {
    const cloud = new Cloud(join(folder, 'cloud.jsonl'));
    const known = { key: `${type}||1`, type, world: '', id: '1', scope: {}, attributes, identity: '1', generation: 0 };
    const made = { owner: 'stack', session: '', isKnown: false, origin: 'terraform', claims: [], holds: [], uses: {} };
    cloud.transact(() => ({ result: undefined, entry: { put: [{ ...known, ...made } as CloudObject] } }));
    return cloud;
  };

  it.each(Object.entries(machines))('is a %s with the address', (type, attributes) => {
    const cloud = cloudWith(type, attributes);
    expect(hasMachine(cloud, simulations, address)).toBe(true);
    expect(hasMachine(cloud, simulations, '10.65.32.6')).toBe(false);
    cloud.close();
  });

  it.each(Object.entries(others))('is no %s that mentions the address', (type, attributes) => {
    const cloud = cloudWith(type, attributes);
    expect(hasMachine(cloud, simulations, address)).toBe(false);
    cloud.close();
  });

  it('is told of by every adapter', () => {
    const without = Object.values(registry).filter(
      (provider) =>
        !provider.simulations.some(({ resources }) => Object.values(resources).some((r) => r.machineAddresses)),
    );
    expect(without.map(({ name }) => name)).toEqual([]);
  });
});
