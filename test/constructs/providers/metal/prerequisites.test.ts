import { metal } from '../../../../constructs/providers/metal';
import { grant, withhold } from '../../../../scripts/sandbox/control';
import { factsOfAdapter } from '../../../support/provider-facts';
import { type SimulatedApi, SimulatedClouds } from '../../../support/simulated-api';
import { settings, site } from './fixture';
import { imageOf } from '../../../support/images';

const { bigip } = metal.profiles;

/** Terraform asks for every prerequisite in `test/conformance/sandbox.test.ts`. */
describe('simulated devices and a simulated MAAS, somewhere new', () => {
  let clouds: SimulatedClouds;

  beforeEach(() => {
    clouds = new SimulatedClouds(metal.simulations, factsOfAdapter('metal'), metal.seeds(site(), [imageOf('origin')]));
  });
  afterEach(() => clouds.close());

  const maas = (): SimulatedApi => clouds.api('canonical/maas', { api_url: settings.maas.url });
  const device = (): SimulatedApi =>
    clouds.api('F5Networks/bigip', { address: '192.0.2.21', username: 'admin', password: 'p' });

  const fabric = (): Promise<unknown> => maas().find('maas_fabric', { name: 'cage' });
  const machine = (): Promise<unknown> =>
    maas().create('maas_instance', {
      allocate_params: [{ hostname: 'r1-u01' }],
      deploy_params: [{ distro_series: 'custom/watari-origin-amd64-0123456789ab' }],
    });
  const vlan = (): Promise<unknown> =>
    clouds.api('jeremmfr/junos', { ip: '192.0.2.11' }).create('junos_vlan', { name: 'edge', vlan_id: '101' });
  const declaration = JSON.stringify({ class: 'Device', Common: { class: 'Tenant', hostname: 'bigip-a.example.com' } });
  const onboarding = (): Promise<unknown> => device().create('bigip_do', { do_json: declaration });

  it.each([
    ['maas-api-key', fabric, '401 Unauthorized'],
    ['maas-fabric', fabric, 'fabric (cage) was not found'],
    ['junos-netconf-user', vlan, 'unable to authenticate'],
    ['commissioned-machines', machine, 'No available machine matches constraints'],
    ['images', machine, "'custom/watari-origin-amd64-0123456789ab' is not a valid distro_series"],
    ['image:origin', machine, "It should be one of: '', 'ubuntu/jammy'."],
    ['bigip-first-password', onboarding, 'Authentication failed'],
    ['bigip-licence', onboarding, 'No module has been licensed'],
    ['bigip-do-package', onboarding, 'Public URI path not registered'],
  ])('without %s fails as the device or MAAS does, and with it does not', async (id, ask, words) => {
    withhold(clouds.cloud, id);
    await expect(ask()).rejects.toThrow(words);
    grant(clouds.cloud, id);
    await expect(ask()).resolves.toBeDefined();
  });
});

test('every prerequisite can be withheld but those that only people or orders bring', () => {
  const known = new Set(metal.simulations.flatMap(({ prerequisites = [] }) => prerequisites.map(({ id }) => id)));
  const named = bigip.facts.prerequisites.map(({ id }) => id);
  expect(named.filter((id) => !known.has(id))).toEqual(['racks', 'images', 'junos-routing-licence', 'circuit-orders']);
});
