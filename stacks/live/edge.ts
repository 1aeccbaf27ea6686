import type { MachineConfiguration } from '../../constructs/contract/configuration';
import type { TerminationNotice } from '../../constructs/contract/facts';
import { baseFirewall, manyConnections, rule, type MachineBase } from '../../constructs/machine-base';
import { agentParts } from './agent';
import { drainParts } from './drain';
import { edgeAgent } from './edge-agent';
import { rtmpPort, type MediaServer } from './media-server';
import { nginxRtmp } from './nginx-rtmp';

export interface EdgeInput {
  readonly base: MachineBase;
  /** Both origins of shard `s3` are `a.s3` and `b.s3` in this domain: private addresses in the platform's zone. */
  readonly originsDomain: string;
  /** Seconds that a leaving edge keeps its viewers. */
  readonly drainSeconds: number;
  /** How the provider says that this machine is to go, where it does so other than by shutting it down. */
  readonly terminationNotice?: TerminationNotice;
  /** Prefixes that viewers come from, as this machine sees them. @default everybody */
  readonly viewers?: readonly string[];
  /** @default nginx with its RTMP module */
  readonly mediaServer?: MediaServer;
}

/** An edge: fan-out only. Nothing in it grows with shards or sites, so one template serves a whole elastic fleet. */
export function edgeConfiguration(input: EdgeInput): MachineConfiguration {
  const { base } = input;
  const { files, units, mediaModule } = (input.mediaServer ?? nginxRtmp).edge;
  const settings = { domain: input.originsDomain, notice: input.terminationNotice };
  const agent = agentParts('edge', edgeAgent, settings, mediaModule);
  const drain = drainParts(
    input.drainSeconds,
    units.map((unit) => unit.name).filter((name) => !name.includes('/')),
  );
  return {
    hostname: base.hostname,
    files: [...files, ...agent.files, ...drain.files],
    units: [...units, ...agent.units, ...drain.units],
    sysctl: manyConnections,
    firewall: [
      ...baseFirewall(base),
      ...rule({ protocol: 'tcp', ports: [rtmpPort], from: input.viewers ?? ['0.0.0.0/0'], why: 'viewers' }),
    ],
    routes: base.routes,
    sshAuthority: base.sshAuthority,
    commands: [],
  };
}
