import { Value } from '@sinclair/typebox/value';
import { gcp } from '../../../../constructs/providers/gcp';
import { gcpCircuitEnd, gcpSettings } from '../../../../constructs/providers/gcp/settings';
import { siteOf } from './support';

const { check, facts, machineType } = gcp.profiles.standard;
const size = { vcpu: 2, memoryGiB: 4, diskGiB: 20, egressMbps: 1000 };

test('a site as it should be has no problems', () => {
  expect(check(siteOf())).toEqual([]);
  expect(Value.Check(gcpSettings, siteOf().settings)).toBe(true);
});

test('a zone of another region, and one named twice, are told at once', () => {
  const zones: [string, string, string] = ['asia-northeast1-a', 'asia-northeast1-a', 'us-east1-b'];
  const messages = check(siteOf({ settings: { zones } })).map((problem) => problem.message);
  expect(messages).toEqual(['A zone is not in the region', 'A zone is named twice']);
});

test('a number that Cloud Router does not take is refused, and 16550 is taken', () => {
  expect(check(siteOf({ asn: 65535 }))[0]).toMatchObject({ path: 'asn', value: 65535 });
  expect(check(siteOf({ asn: 16550 }))).toEqual([]);
});

test('settings with two zones or an unknown key are refused', () => {
  const { settings } = siteOf();
  expect(Value.Check(gcpSettings, { ...settings, zones: settings.zones.slice(1) })).toBe(false);
  expect(Value.Check(gcpSettings, { ...settings, regoin: 'x' })).toBe(false);
});

test('a circuit names its attachment and its maintenance domain', () => {
  const end = { attachment: 'cage-a', type: 'DEDICATED', edgeAvailabilityDomain: 1 };
  expect(Value.Check(gcpCircuitEnd, end)).toBe(true);
  expect(Value.Check(gcpCircuitEnd, { ...end, edgeAvailabilityDomain: 3 })).toBe(false);
});

test('the smallest type that gives vCPUs, memory and egress is taken', () => {
  expect(machineType(siteOf(), size, 'edge')?.name).toBe('e2-standard-2');
  expect(machineType(siteOf(), { ...size, egressMbps: 5000 }, 'edge')?.name).toBe('n2-standard-2');
  expect(machineType(siteOf(), { ...size, egressMbps: 8000 }, 'edge')).toBeUndefined();
});

test('the settings may name the type of a role', () => {
  const site = siteOf({ settings: { machineTypes: { edge: 'c3-standard-4' } } });
  expect(machineType(site, size, 'edge')?.name).toBe('c3-standard-4');
});

test('segments are not among the paths, so that they are refused when the topology is read', () => {
  expect(facts.paths).toEqual({ vpn: 'native', circuit: 'native' });
});

test('each prerequisite has a command or a person', () => {
  const ids = facts.prerequisites.map((one) => one.id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const one of facts.prerequisites) expect(one.how).toMatch(/gcloud|npx watari/);
});
