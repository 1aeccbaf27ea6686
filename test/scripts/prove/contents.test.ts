import { contentsOf, differencesOf } from '../../../scripts/prove/faults/contents';
import type { ListedObject } from '../../../scripts/sandbox/control';

const object = (type: string, id: string, name: string, attributes: object): ListedObject => ({
  type,
  id,
  name,
  scope: {},
  owner: 'cage-live-a',
  origin: 'terraform',
  attributes: { id, ...attributes } as ListedObject['attributes'],
});
const instance = (id: string, hostname: string, machine: string, zone = 'rack-a'): ListedObject =>
  object('maas_instance', id, hostname, {
    hostname,
    fqdn: `${hostname}.maas`,
    zone,
    deploy_params: [{ user_data: `#cloud-config\nhostname: ${machine}\nmanage_etc_hosts: true\n` }],
  });

describe('the contents of two clouds', () => {
  it('are the same when machines of one kind were given in another order', () => {
    const one = [instance('c9fed0', 'edge-a1', 'edge-1'), instance('c9fed1', 'edge-a2', 'edge-3')];
    const other = [instance('c9fed0', 'edge-a1', 'edge-3'), instance('c9fed1', 'edge-a2', 'edge-1')];
    expect(differencesOf(contentsOf(one), contentsOf(other))).toEqual([]);
  });

  it('differ when a machine stands in another rack, twice or not at all', () => {
    const one = [instance('c9fed0', 'edge-a1', 'edge-1')];
    expect(differencesOf(contentsOf(one), contentsOf([instance('c9fed0', 'edge-b1', 'edge-1', 'rack-b')]))).toEqual([
      expect.stringMatching(/^lost: cage-live-a maas_instance edge-1 .*rack-a/),
      expect.stringMatching(/^too many: cage-live-a maas_instance edge-1 .*rack-b/),
    ]);
    expect(differencesOf(contentsOf(one), contentsOf([...one, instance('c9fed1', 'edge-a2', 'edge-1')]))).toHaveLength(
      1,
    );
    expect(differencesOf(contentsOf(one), [])).toHaveLength(1);
  });

  it('are the same when a group was last read before its members came', () => {
    const group = (size: number) => [object('google_compute_instance_group', 'projects/p/groups/g', 'g', { size })];
    expect(differencesOf(contentsOf(group(0)), contentsOf(group(2)))).toEqual([]);
  });
});
