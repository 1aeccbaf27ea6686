import type { BalancerMode, HealthCheck } from '../contract/balancer';
import type { MachineConfiguration } from '../contract/configuration';
import { baseFirewall, healthPort, manyConnections, rule, type MachineBase } from '../machine-base';
import { keepalivedParts, type VrrpInput } from './keepalived';

/** One listener of a self-hosted balancer. */
export interface HaproxyService {
  readonly name: string;
  /** @default all addresses of the machine */
  readonly bindAddress?: string;
  readonly bindPort: number;
  /** In order of preference. Slots of shards that do not exist yet are listed too, so that the rules never grow. */
  readonly members: readonly HaproxyMember[];
  readonly healthCheck: HealthCheck;
}

export interface HaproxyMember {
  readonly name: string;
  readonly address: string;
  readonly port: number;
}

export interface HaproxyInput {
  readonly mode: BalancerMode;
  readonly services: readonly HaproxyService[];
  readonly failback: 'hold' | 'drop';
  /** Seconds without a byte until a connection is dropped. */
  readonly idleSeconds: number;
}

export interface BalancerMachineInput extends HaproxyInput {
  readonly base: MachineBase;
  /** Prefixes that may use the listeners. */
  readonly clients: readonly string[];
  /** Floating addresses, where the network lets a machine take an address over. */
  readonly vrrp?: VrrpInput;
}

/** One machine of a pair of balancers. Both have the same rules, so it does not matter which of them a client meets. */
export function balancerConfiguration(input: BalancerMachineInput): MachineConfiguration {
  const vrrp = input.vrrp && keepalivedParts({ ...input.vrrp, half: input.base.half, check: balancerIsAlive });
  const ports = [...new Set(input.services.map((service) => service.bindPort))].sort((one, other) => one - other);
  return {
    hostname: input.base.hostname,
    files: [{ path: '/etc/haproxy/haproxy.cfg', mode: '0644', content: renderHaproxy(input) }, ...(vrrp?.files ?? [])],
    units: [{ name: 'haproxy.service' }, ...(vrrp?.units ?? [])],
    // Floating addresses are bound on both machines, also where they are not at the moment.
    sysctl: { ...manyConnections, 'net.ipv4.ip_nonlocal_bind': '1' },
    firewall: [
      ...baseFirewall(input.base),
      ...rule({ protocol: 'tcp', ports, from: input.clients, why: 'listeners' }),
      ...(vrrp?.firewall ?? []),
    ],
    routes: input.base.routes,
    sshAuthority: input.base.sshAuthority,
    commands: [],
  };
}

const balancerIsAlive = `/usr/bin/curl -sf -m 1 -o /dev/null http://127.0.0.1:${healthPort}/health`;

/**
 * HAProxy 2.4 and later. Log lines are capped at `notice`: a slot without a machine is normal and must alarm nobody, and
 * HAProxy tells of an empty backend with `emerg`, which journald prints on every terminal.
 */
export function renderHaproxy(input: HaproxyInput): string {
  return `global
  log /dev/log local0 info notice
  user haproxy
  group haproxy
  stats socket /run/haproxy/admin.sock mode 660 level admin
defaults
  mode tcp
  log global
  option dontlog-normal
  option redispatch 1
  option clitcpka
  option srvtcpka
  retries 2
  timeout connect 1s
  timeout check 1s
  timeout client 10s
  timeout server 10s
  timeout client-fin 5s
  timeout server-fin 5s
  timeout tunnel ${input.idleSeconds}s
frontend health
  mode http
  bind :${healthPort}
  monitor-uri /health
${input.services.map((service) => renderService(input, service)).join('')}`;
}

function renderService(input: HaproxyInput, service: HaproxyService): string {
  const { name, bindAddress = '', bindPort, members, healthCheck } = service;
  const standby = input.mode === 'active-standby';
  return `listen ${name}
  bind ${bindAddress}:${bindPort}
${standby ? '' : '  balance leastconn\n'}${healthCheck.protocol === 'http' ? `  option httpchk GET ${healthCheck.path}\n  http-check expect status 200\n` : ''}  default-server ${serverOptions(input, healthCheck)}
${members.map((member, index) => `  server ${member.name} ${member.address}:${member.port} check${memberOptions(input, index)}\n`).join('')}`;
}

/**
 * Members stand next to the pair, so they are asked twice a second whatever a provider's balancer could do.
 * A member that is down is asked every second: it may be the only one left soon. A dead active member loses its
 * sessions at once, so that publishers come back to the standby together; a balanced member that leaves keeps them.
 */
function serverOptions(input: HaproxyInput, check: HealthCheck): string {
  const interval = Math.min(Math.round(check.intervalSeconds * 1000), 500);
  const cut = 'on-marked-down shutdown-sessions observe layer4 error-limit 1 on-error mark-down';
  return [
    `port ${check.port} inter ${interval}ms fastinter ${Math.min(interval, 200)}ms downinter 1s`,
    `fall ${check.fall} rise ${check.rise}`,
    ...(input.mode === 'active-standby' ? [cut] : []),
  ].join(' ');
}

function memberOptions(input: HaproxyInput, index: number): string {
  if (input.mode === 'balanced') return '';
  if (index > 0) return ' backup';
  return input.failback === 'drop' ? ' on-marked-up shutdown-backup-sessions' : '';
}
