import type { MachineConfiguration } from '../../constructs/contract/configuration';
import { stableHash } from '../../constructs/util/hash';
import { platformOf } from '../support/topologies';
import { fittingUserData } from '../../constructs/user-data';
import type { Place } from '../../constructs/contract/place';

const incompressible = Array.from({ length: 900 }, (_, number) => stableHash(String(number), 64)).join('\n');
const configuration: MachineConfiguration = {
  hostname: 'edge',
  sshAuthority: '',
  files: [{ path: '/opt/large', mode: '0644', content: incompressible }],
  units: [],
  sysctl: {},
  firewall: [],
  routes: [],
  commands: [],
};

test('user data over the limit of the site is refused with the machine, the bytes and the limit', () => {
  const { places } = platformOf();
  expect(() => fittingUserData(places['aws'] as Place, 'live-edge', configuration)).toThrow(
    /^sites\.aws\.live-edge: the configuration of this machine is larger .*Bound: 16384 bytes\. Move software/,
  );
  expect(fittingUserData(places['gcp'] as Place, 'live-edge', configuration)).toContain('/opt/large');
});
