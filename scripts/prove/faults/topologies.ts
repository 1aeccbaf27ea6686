import onlyAws from '../../../stacks/topologies/only-aws';
import onlyGcp from '../../../stacks/topologies/only-gcp';
import onlyIdcf from '../../../stacks/topologies/only-idcf';
import onlyMetal from '../../../stacks/topologies/only-metal';
import onlyPrivate from '../../../stacks/topologies/only-private';
import reference from '../../../stacks/topologies/reference';

/** `live` on one site of each provider: each deploys in seconds. */
export const oneSite = { ...onlyIdcf, name: 'faults-idcf' };
export const onAws = { ...onlyAws, name: 'faults-aws' };
export const onGcp = { ...onlyGcp, name: 'faults-gcp' };
export const onMetal = { ...onlyMetal, name: 'faults-metal' };

const { cage } = reference.sites;
const dev = { ...onlyPrivate.sites.dev, number: 3 };
const { live } = reference.systems;
const devLive = onlyPrivate.systems.live;

/** Two sites, each with its own `live`: one with balancers and switches that take one change at a time, one own cloud. */
export const twoZones = {
  ...onlyPrivate,
  name: 'faults-two-zones',
  stores: { ...onlyPrivate.stores, osaka: reference.stores.osaka },
  sites: { cage: { ...cage, replacements: [] }, dev },
  systems: {
    live: { ...live, sites: ['cage'], shards: { s1: { site: 'cage' }, s2: { site: 'cage' } }, edges: {} },
    'live-dev': { ...devLive, shards: { s1: { site: 'dev' } } },
  },
};

/** The same with a shard fewer on one site and one more on the other, and with fewer edges. */
export const moved = {
  ...twoZones,
  systems: {
    live: { ...twoZones.systems.live, shards: { s1: { site: 'cage' } } },
    'live-dev': {
      ...devLive,
      shards: { s1: { site: 'dev' }, s2: { site: 'dev' } },
      edges: { dev: { min: 2, max: 4 } },
    },
  },
};

/** Two sites that share neither a provider nor a state store. */
export const twoProviders = {
  ...onlyIdcf,
  name: 'faults-two-providers',
  stores: { ...onlyIdcf.stores, other: onlyAws.stores.elsewhere },
  sites: { idcf: onlyIdcf.sites.idcf, aws: { ...onlyAws.sites.aws, number: 3, store: 'other' } },
  systems: {
    live: onlyIdcf.systems.live,
    'live-aws': { ...onlyAws.systems.live, shards: { s1: { site: 'aws' } } },
  },
};

/** Two more of that kind. */
export const twoOthers = {
  ...onlyMetal,
  name: 'faults-two-others',
  stores: { osaka: reference.stores.osaka, taiwan: reference.stores.taiwan },
  sites: {
    cage: { ...cage, replacements: [] },
    gcp: { ...onlyGcp.sites.gcp, number: 3, store: 'taiwan' },
  },
  systems: {
    live: twoZones.systems.live,
    'live-gcp': { ...onlyGcp.systems.live, shards: { s1: { site: 'gcp' } } },
  },
};
