import { defineTopology, type Topology } from '../../../stacks/topology/topology';
import reference from '../../../stacks/topologies/reference';

/** These lines are the test: `tsc` fails when one of them compiles. */
export function mistakes(): void {
  const { sites, stores, systems } = reference;
  // @ts-expect-error a provider that does not exist
  defineTopology({ ...reference, sites: { ...sites, gcp: { ...sites.gcp, provider: 'gpc' } } });
  // @ts-expect-error a profile that the provider does not have
  defineTopology({ ...reference, sites: { ...sites, idcf: { ...sites.idcf, profile: 'idfc' } } });
  // @ts-expect-error a placement on a site that does not exist
  defineTopology({ ...reference, systems: { live: { ...systems['live'], shards: { s1: { site: 'cgae' } } } } });
  // @ts-expect-error a store that does not exist
  defineTopology({ ...reference, stores: { osaka: stores.osaka } });
  // @ts-expect-error settings of another provider
  defineTopology({ ...reference, sites: { ...sites, gcp: { ...sites.gcp, settings: sites.aws.settings } } });
}

test('a topology is plain data: it is the same after a round through JSON', () => {
  const plain = JSON.parse(JSON.stringify(reference)) as Topology;
  expect(plain).toEqual(reference);
});
