import { setTimeout as wait } from 'node:timers/promises';
import type { Platform } from '../../stacks/platform/platform';
import { inventory } from '../../stacks/inventory';
import { healthPort } from '../../constructs/machine-base';
import { groupBy } from '../../constructs/util/group';

/** A machine that must answer before the other half of its fleet is touched. */
export interface ProbedMachine {
  readonly name: string;
  readonly address: string;
  readonly port: number;
  readonly path: string;
}

/** Asks one machine; true when it is alive and serves. Never throws. */
export type Probe = (machine: ProbedMachine) => Promise<boolean>;

/** An origin that came back says 503 on /health while the other has publishers; its list of publishers answers when it is alive. */
const alivePath: Readonly<Record<string, string>> = { origin: '/publishers' };

/** Machines with planned addresses, by the stack that makes them. */
export function probedMachines(platform: Platform): ReadonlyMap<string, readonly ProbedMachine[]> {
  const fixed = inventory(platform).flatMap(({ stack, name, role, address }) =>
    address === undefined
      ? []
      : [{ stack, machine: { name, address, port: healthPort, path: alivePath[role] ?? '/health' } }],
  );
  const stacks = [...groupBy(fixed, ({ stack }) => stack)];
  return new Map(stacks.map(([stack, list]) => [stack, list.map(({ machine }) => machine)] as const));
}

export interface HealthWait {
  readonly probe: Probe;
  /** Seconds that machines are given to boot and to answer. */
  readonly timeoutSeconds: number;
  readonly pauseMilliseconds?: number;
  readonly say: (text: string) => void;
  /** Once aborted, nobody is waited for. */
  readonly signal?: AbortSignal;
}

/** Waits until every machine answers; the names of those that do not within the time. */
export async function waitUntilHealthy(machines: readonly ProbedMachine[], options: HealthWait): Promise<string[]> {
  const end = Date.now() + options.timeoutSeconds * 1000;
  let waiting = [...machines];
  for (;;) {
    const answers = await Promise.all(waiting.map((machine) => options.probe(machine)));
    waiting = waiting.filter((_, index) => answers[index] !== true);
    if (waiting.length === 0 || Date.now() >= end || options.signal?.aborted) return waiting.map(({ name }) => name);
    options.say(`waiting for ${waiting.map(({ name }) => name).join(', ')}`);
    await pause(Math.min(options.pauseMilliseconds ?? 5000, end - Date.now()), options.signal);
  }
}

/** Cut short by the signal. */
const pause = (milliseconds: number, signal?: AbortSignal): Promise<void> =>
  wait(milliseconds, undefined, signal ? { signal } : {}).catch(() => undefined);

const answerWithinMilliseconds = 2000;

/** Over the internal network: whoever deploys must reach the machines' planned addresses. */
export const httpProbe: Probe = async ({ address, port, path }) => {
  try {
    const signal = AbortSignal.timeout(answerWithinMilliseconds);
    return (await fetch(`http://${address}:${port}${path}`, { signal })).ok;
  } catch {
    // Refused, unreachable and silent all mean: not yet.
    return false;
  }
};
