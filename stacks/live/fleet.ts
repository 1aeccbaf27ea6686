import type { Construct } from 'constructs';
import type { ElasticFleet } from '../../constructs/contract/elastic';
import type { Handles } from '../../constructs/contract/site';
import { imageFor } from '../../constructs/images';
import { edgeUserData } from './machines';
import { rtmpPort } from './media-server';
import { type LiveAtSite, defaultBootSeconds, healthCheck } from './model';

/** The autoscaled edges of a site: fan-out only, scaled on egress, drained before they leave. */
export function elasticEdges(
  stack: Construct,
  live: LiveAtSite,
  fleet: { readonly min: number; readonly max: number },
  network: Handles,
): ElasticFleet {
  const { site, adapter } = live.place;
  const { edge } = live.input;
  if (!adapter.elastic)
    throw new Error(`${site.provider} has no elastic member: checkSystems lets no such placement through`);
  return adapter.elastic(stack, 'edges', {
    name: `${live.name}-edge`,
    site,
    network,
    role: 'edge',
    tier: 'edge',
    size: edge.size,
    image: imageFor(live.place, 'edge', edge.size),
    userData: edgeUserData(live),
    min: fleet.min,
    max: fleet.max,
    targetEgressMbps: edge.egressMbps,
    drainSeconds: edge.drainSeconds,
    bootSeconds: edge.bootSeconds ?? defaultBootSeconds,
    healthCheck,
    listeners: [{ name: 'rtmp', port: rtmpPort, memberPort: rtmpPort }],
  });
}
