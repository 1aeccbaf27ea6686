import type { BalancerMember, BalancerService, BalancerSpec, HealthCheck } from '../../contract/balancer';
import { bigipName, description } from './names';

/** Everything of one service as plain data: what is emitted, and what is hashed to see whether it changed. */
export interface ServiceObjects {
  readonly service: string;
  readonly monitors: readonly Monitor[];
  readonly pool: Pool;
  readonly members: readonly Member[];
  readonly address: string;
  readonly server: VirtualServer;
}

export interface Monitor {
  readonly id: string;
  readonly name: string;
  readonly parent: string;
  readonly interval: number;
  readonly timeout: number;
  readonly timeUntilUp: number;
  readonly destination: string;
  readonly send?: string;
  readonly receive?: string;
  readonly manualResume: 'enabled' | 'disabled';
}

export interface Pool {
  readonly name: string;
  readonly description: string;
  readonly loadBalancingMode: string;
  readonly minimumActiveMembers?: number;
  readonly serviceDownAction: 'none' | 'reset';
  readonly monitors: readonly string[];
}

export interface Member {
  readonly name: string;
  readonly node: string;
  readonly priorityGroup?: number;
  readonly monitor?: string;
}

export interface VirtualServer {
  readonly name: string;
  readonly description: string;
  readonly destination: string;
  readonly port: number;
  readonly vlan: string;
}

/** Half a serves while one of its members is up: the highest priority group with at least one active member. */
const priority = { a: 10, b: 5 } as const;

/** @param address the service's address: of the public block, or of the balancer tier */
export function renderService(spec: BalancerSpec, service: BalancerService, address: string): ServiceObjects {
  const names = (...parts: string[]): string =>
    bigipName(spec.site.platform, spec.site.id, spec.name, service.name, ...parts);
  const monitors = service.healthCheck ? renderMonitors(spec, service.healthCheck, names) : [];
  return {
    service: service.name,
    monitors,
    pool: renderPool(spec, service, names('pool'), monitors),
    members: sortMembers(service.members).map((member) => renderMember(spec, service, member, monitors)),
    address: `/Common/${address}`,
    server: {
      name: names('vs'),
      description: description(spec.site, `${spec.name} ${service.name}`),
      destination: address,
      port: service.port,
      vlan: `/Common/${spec.exposure === 'public' ? 'public' : 'balancer'}`,
    },
  };
}

const holds = (spec: BalancerSpec): boolean => spec.mode === 'active-standby' && spec.failback === 'hold';

/**
 * One monitor for all; where nothing may return by itself, a second one for the preferred half, which an operator
 * resumes. The other half never has it: its health says no while the first one has publishers, and a member that must be
 * resumed by hand would then never take over.
 */
function renderMonitors(spec: BalancerSpec, check: HealthCheck, names: (part: string) => string): Monitor[] {
  const common = renderCheck(check);
  const plain: Monitor = { ...common, id: 'monitor', name: names('monitor'), manualResume: 'disabled' };
  if (!holds(spec)) return [plain];
  return [plain, { ...common, id: 'monitor-held', name: names('monitor-held'), manualResume: 'enabled' }];
}

function renderCheck(check: HealthCheck): Omit<Monitor, 'id' | 'name' | 'manualResume'> {
  const { intervalSeconds: interval, fall, rise } = check;
  const timing = {
    interval,
    // F5's rule for monitors, three intervals and one second, with as many intervals as failures are allowed.
    timeout: fall * interval + 1,
    timeUntilUp: (rise - 1) * interval,
    destination: `*:${check.port}`,
  };
  if (check.protocol === 'tcp') return { ...timing, parent: '/Common/tcp' };
  // The device keeps line ends as the letters \r\n; written so, nothing differs at the next plan.
  const send = `GET ${check.path} HTTP/1.1\\r\\nHost: health\\r\\nConnection: close\\r\\n\\r\\n`;
  return { ...timing, parent: '/Common/http', send, receive: '^HTTP/1\\.[01] 200' };
}

function renderPool(spec: BalancerSpec, service: BalancerService, name: string, monitors: readonly Monitor[]): Pool {
  const about = description(spec.site, `${spec.name} ${service.name}`);
  const checked = monitors.slice(0, 1).map((monitor) => monitor.name);
  const common = { name, description: about, monitors: checked };
  if (spec.mode === 'active-standby') {
    // Publishers are cut off at once and come back on the other member, instead of talking to nobody until they give up.
    return { ...common, loadBalancingMode: 'round-robin', minimumActiveMembers: 1, serviceDownAction: 'reset' };
  }
  // A member that drains says that it takes nobody new: those that it has must stay.
  return { ...common, loadBalancingMode: 'least-connections-member', serviceDownAction: 'none' };
}

function renderMember(
  spec: BalancerSpec,
  service: BalancerService,
  member: BalancerMember,
  monitors: readonly Monitor[],
): Member {
  const common = { name: member.name, node: `${member.address}:${service.memberPort}` };
  if (spec.mode !== 'active-standby') return common;
  const held = member.half === 'a' ? monitors.find(({ manualResume }) => manualResume === 'enabled') : undefined;
  return { ...common, priorityGroup: priority[member.half], ...(held ? { monitor: held.name } : {}) };
}

function sortMembers(members: readonly BalancerMember[]): BalancerMember[] {
  return [...members].sort((x, y) => (x.half + x.name < y.half + y.name ? -1 : 1));
}
