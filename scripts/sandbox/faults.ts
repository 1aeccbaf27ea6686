import { setTimeout as sleep } from 'node:timers/promises';
import { countOf, type Cloud } from './cloud';
import { covers, sameFields, type Fault, type Operation } from './objects';
import { hash } from './stable';
import type { Fields } from './values';

/** One operation that a fault may strike. */
export interface Target {
  readonly type: string;
  readonly operation: Operation;
  /** The stack that deploys. */
  readonly owner: string;
  readonly fields: Fields;
  /** What the object is recognised by: faults with a probability choose by it, whatever the order of arrival. */
  readonly identity: string;
}

/** What a fault does to an operation. */
export interface Blow {
  /** An error instead of the operation. */
  readonly error?: string;
  /** When the sandbox kills itself. */
  readonly dies?: 'before' | 'unanswered' | 'answered';
}

const CHANGES: readonly Operation[] = ['create', 'update', 'delete'];

/** Waits for what is slow, and says what else goes wrong. */
export async function strike(cloud: Cloud, target: Target, stopped: AbortSignal): Promise<Blow> {
  const due = cloud.settings.faults.filter((fault) => concerns(fault, target) && happens(cloud, fault, target));
  const seconds = due.reduce((sum, fault) => sum + (fault.kind === 'slow' ? (fault.seconds ?? 1) : 0), 0);
  await wait(seconds, stopped);
  const failing = due.find((fault) => fault.kind === 'fail');
  const dying = due.find((fault) => DEATHS[fault.kind] !== undefined);
  return {
    ...(failing ? { error: failing.message ?? `${target.operation} of ${target.type} failed: internal error` } : {}),
    ...(dying ? { dies: DEATHS[dying.kind] } : {}),
  };
}

const DEATHS: Readonly<Partial<Record<Fault['kind'], 'before' | 'unanswered' | 'answered'>>> = {
  die: 'before',
  lose: 'unanswered',
  'answer-and-die': 'answered',
};

/** Waits, but not beyond Terraform's wish to stop. */
export async function wait(seconds: number, stopped: AbortSignal): Promise<void> {
  if (seconds > 0) await sleep(seconds * 1000, undefined, { signal: stopped }).catch(() => undefined);
}

function concerns(fault: Fault, { type, operation, owner, fields }: Target): boolean {
  if (!(fault.operations ?? CHANGES).includes(operation)) return false;
  if (!covers(fault.owners ?? ['*'], owner)) return false;
  return covers(fault.types ?? ['*'], type) && sameFields(fields, fault.where ?? {});
}

/** Counts every happening in the cloud's file, so that a fault of 3 times is over after 3, whoever was restarted in between. */
function happens(cloud: Cloud, fault: Fault, { identity }: Target): boolean {
  const { times = Infinity, after = 0, probability = 1, seed = '' } = fault;
  if (times === Infinity && after === 0 && probability >= 1) return true;
  const own = countOf(fault, identity);
  return cloud.transact(() => {
    const passed = cloud.count(`${fault.id}|passed`);
    if (passed < after) return { result: false, entry: { counted: `${fault.id}|passed` } };
    if (cloud.count(fault.id) >= times) return { result: false };
    const chance = parseInt(hash(fault.id, seed, identity, String(cloud.count(own))).slice(0, 8), 16) / 0xffffffff;
    if (chance >= probability) return { result: false };
    return { result: true, entry: { counted: times === Infinity ? own : fault.id } };
  });
}
