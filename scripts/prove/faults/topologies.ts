import onlyAws from '../../../stacks/topologies/only-aws';
import onlyIdcf from '../../../stacks/topologies/only-idcf';
import onlyPrivate from '../../../stacks/topologies/only-private';

/** `live` on one site: it deploys in a few seconds. */
export const oneSite = { ...onlyIdcf, name: 'faults-one-site' };

const { idcf } = onlyIdcf.sites;
const dev = { ...onlyPrivate.sites.dev, number: 3 };
const { live } = onlyIdcf.systems;

const devLive = onlyPrivate.systems.live;

/** Two sites, each with its own `live`. */
export const twoZones = {
  ...onlyIdcf,
  name: 'faults-two-zones',
  sites: { idcf, dev },
  systems: { live, 'live-dev': { ...devLive, shards: { s1: { site: 'dev' } } } },
};

/** The same with a shard fewer on one site and one more on the other, and with fewer edges. */
export const moved = {
  ...twoZones,
  systems: {
    live: { ...live, shards: { s1: { site: 'idcf' } }, edges: { idcf: { elastic: 'peak', count: 3 } } },
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
  sites: { idcf, aws: { ...onlyAws.sites.aws, number: 3, store: 'other' } },
  systems: { live, 'live-aws': { ...onlyAws.systems.live, shards: { s1: { site: 'aws' } } } },
};
