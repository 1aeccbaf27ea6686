import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { DeployReport } from '../../deploy/report';
import { groupBy } from '../../../constructs/util/group';
import { clearFaults, injectFault, type ListedObject } from '../../sandbox/control';
import type { Fault, Operation } from '../../sandbox/objects';
import type { Rehearsal } from '../rehearsal';
import { proveConverged, proveSettled, type Scenario } from './converge';

/** Something that is lost while a command runs, and that comes back. */
export interface Loss {
  /** Stacks that cannot be done without it; all others must be. */
  readonly concerns: (stack: string) => boolean;
  /** Whether what Terraform wrote down is lost, so that nobody can tell what stands there. */
  readonly hidesStates: boolean;
  lose(): void;
  mend(): void;
}

const everything: readonly Operation[] = ['create', 'update', 'delete', 'read', 'data'];

/** No call of some types, or of some stacks, succeeds any more. */
export function cloudLoss(
  rehearsal: Rehearsal,
  { topology }: Scenario,
  struck: Pick<Fault, 'types' | 'owners'>,
  concerns: Loss['concerns'],
): Loss {
  const fault: Fault = {
    id: 'loss',
    kind: 'fail',
    operations: everything,
    message: 'Error 503: unavailable',
    ...struck,
  };
  return {
    concerns,
    hidesStates: false,
    lose: () => rehearsal.tamper(topology, (cloud) => injectFault(cloud, fault)),
    mend: () => rehearsal.tamper(topology, (cloud) => clearFaults(cloud, fault.id)),
  };
}

/** Nobody can read or write the states of some stacks any more. @param files by stack */
export function storeLoss(files: ReadonlyMap<string, string>, concerns: Loss['concerns']): Loss {
  const lost = [...files].filter(([stack]) => concerns(stack)).map(([, file]) => file);
  return {
    concerns,
    hidesStates: true,
    lose: () => lost.forEach(block),
    mend: () => lost.forEach(unblock),
  };
}

/** A folder in a state's place can neither be read nor written, by nobody, root included. */
function block(file: string): void {
  mkdirSync(dirname(file), { recursive: true });
  if (existsSync(file)) renameSync(file, `${file}.lost`);
  mkdirSync(file);
}

function unblock(file: string): void {
  rmSync(file, { recursive: true, force: true });
  if (existsSync(`${file}.lost`)) renameSync(`${file}.lost`, file);
}

/** Slow enough that there is a middle. */
const slow: Fault = { id: 'slow', kind: 'slow', operations: ['create'], seconds: 0.1 };
const lookMilliseconds = 20;

/**
 * Loses something once so many objects stand: the others go on, the report says of every stack what became of it, and
 * the same command completes once it is mended.
 */
export async function proveLossContained(
  rehearsal: Rehearsal,
  scene: Scenario,
  loss: Loss,
  objects: number,
): Promise<DeployReport> {
  const { topology, args } = scene;
  scene.reset();
  rehearsal.tamper(topology, (cloud) => injectFault(cloud, slow));
  const running = rehearsal.deploy(topology, args, 1);
  let isOver = false;
  void running.catch(() => undefined).then(() => (isOver = true));
  while (!isOver && rehearsal.objects(topology).length < objects) await wait(lookMilliseconds);
  loss.lose();
  const report = await running;
  proveTold(report, scene, loss);
  proveCounted(report, rehearsal.objects(topology), scene, loss);
  rehearsal.tamper(topology, (cloud) => clearFaults(cloud, slow.id));
  loss.mend();
  await proveConverged(rehearsal, scene);
  await proveSettled(rehearsal, scene);
  return report;
}

/** What stands, what failed and why, what was not tried. */
function proveTold({ stacks, blocked }: DeployReport, { wanted }: Scenario, { concerns }: Loss): void {
  const told = [...stacks, ...blocked].map(({ stack }) => stack).sort();
  assert.deepEqual(told, Object.keys(wanted.resources).sort());
  const failed = stacks.filter(({ ok }) => !ok);
  assert.ok(failed.length > 0, 'nothing failed');
  assert.deepEqual(
    failed.filter(({ stack, error }) => !concerns(stack) || !error).map(({ stack, error }) => `${stack}: ${error}`),
    [],
  );
  assert.deepEqual(
    blocked.filter(({ stack }) => !concerns(stack)),
    [],
  );
}

/** As many resources are told of a stack that was tried as the cloud has; none where its state is lost. */
function proveCounted(
  { stacks }: DeployReport,
  objects: readonly ListedObject[],
  { states }: Scenario,
  loss: Loss,
): void {
  const made = groupBy(
    objects.filter(({ origin }) => origin === 'terraform'),
    ({ owner }) => owner,
  );
  const wrong = stacks.flatMap(({ stack, resources }) => {
    const file = states.get(stack);
    if (loss.hidesStates && loss.concerns(stack) && resources === undefined) return [];
    const count = (made.get(stack)?.length ?? 0) + (file === undefined ? 0 : localResources(file));
    return resources === count ? [] : [`${stack}: ${resources} told, ${count} stand`];
  });
  assert.deepEqual(wrong, []);
}

/** Those of Terraform itself, which stand in no cloud; of a stack that was done before its state was lost, those that it had then. */
function localResources(stateFile: string): number {
  const file = [`${stateFile}.lost`, stateFile].find((one) => existsSync(one) && !statSync(one).isDirectory());
  if (file === undefined) return 0;
  const { resources = [] } = JSON.parse(readFileSync(file, 'utf8')) as {
    resources?: readonly { readonly type: string; readonly instances: readonly unknown[] }[];
  };
  return resources
    .filter(({ type }) => type === 'terraform_data')
    .reduce((sum, { instances }) => sum + instances.length, 0);
}
