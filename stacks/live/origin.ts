import type { MachineConfiguration } from '../../constructs/contract/configuration';
import { baseFirewall, healthPort, manyConnections, rule, type MachineBase } from '../../constructs/machine-base';
import { agentParts } from './agent';
import { rtmpPort, type MediaServer } from './media-server';
import { nginxRtmp } from './nginx-rtmp';
import { originAgent } from './origin-agent';

export interface OriginInput {
  readonly base: MachineBase;
  /** The shard's other origin. */
  readonly peerAddress: string;
  /** Prefixes that publishers come from, as this machine sees them: its balancer, or everybody behind a passthrough one. */
  readonly publishers: readonly string[];
  /** Prefixes of the edges of all sites: they play from here and ask what is published. */
  readonly edges: readonly string[];
  /** @default nginx with its RTMP module */
  readonly mediaServer?: MediaServer;
}

/** One origin of a shard. It knows its peer and nothing else of the platform. */
export function originConfiguration(input: OriginInput): MachineConfiguration {
  const { base } = input;
  const { files, units, mediaModule } = (input.mediaServer ?? nginxRtmp).origin;
  const settings = { half: base.half, peer: `${input.peerAddress}:${healthPort}` };
  const agent = agentParts('origin', originAgent, settings, mediaModule);
  return {
    hostname: base.hostname,
    files: [...files, ...agent.files],
    units: [...units, ...agent.units],
    sysctl: manyConnections,
    firewall: [
      ...baseFirewall(base),
      ...rule({ protocol: 'tcp', ports: [healthPort], from: [`${input.peerAddress}/32`], why: 'the other origin' }),
      ...rule({ protocol: 'tcp', ports: [rtmpPort], from: input.publishers, why: 'publishers' }),
      ...rule({ protocol: 'tcp', ports: [rtmpPort, healthPort], from: input.edges, why: 'edges' }),
    ],
    routes: base.routes,
    sshAuthority: base.sshAuthority,
    commands: [],
  };
}
