import type { FirewallRule, Route } from './contract/configuration';
import type { Half } from './contract/site';

/** What every machine's configuration starts from, whatever its role. */
export interface MachineBase {
  /** Empty for machines of one template. */
  readonly hostname: string;
  readonly half: Half;
  /** Public key of the operators' SSH certificate authority. */
  readonly sshAuthority?: string;
  /** Prefixes that operators come from. */
  readonly operators: readonly string[];
  /** Prefixes that health checks come from: the balancer's own ranges, monitors of other sites. */
  readonly healthSources: readonly string[];
  readonly routes: readonly Route[];
}

/** Health endpoints of all machines: HTTP, `/health`. */
export const healthPort = 8080;

export function baseFirewall(base: MachineBase): readonly FirewallRule[] {
  return [
    ...rule({ protocol: 'tcp', ports: [22], from: base.operators, why: 'operators' }),
    ...rule({ protocol: 'tcp', ports: [healthPort], from: base.healthSources, why: 'health checks' }),
  ];
}

/** A rule without sources opens nothing and is left out. */
export function rule(candidate: FirewallRule): readonly FirewallRule[] {
  return candidate.from.length > 0 ? [candidate] : [];
}

/**
 * Kernel settings of a machine with many connections: queues for bursts of new ones, the whole range of local ports,
 * and dead peers given up after about 25 s (retries) instead of 15 minutes (Linux ip-sysctl, `tcp_retries2`).
 */
export const manyConnections: Readonly<Record<string, string>> = {
  'fs.file-max': '2097152',
  'net.core.somaxconn': '65535',
  'net.ipv4.ip_local_port_range': '10240 65535',
  'net.ipv4.tcp_keepalive_intvl': '5',
  'net.ipv4.tcp_keepalive_probes': '3',
  'net.ipv4.tcp_keepalive_time': '30',
  'net.ipv4.tcp_max_syn_backlog': '65535',
  'net.ipv4.tcp_retries2': '6',
};
