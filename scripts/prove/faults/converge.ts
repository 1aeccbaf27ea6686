import assert from 'node:assert/strict';
import type { DeployReport } from '../../deploy/report';
import { changesIn, type Rehearsal } from '../rehearsal';
import { contentsOf, differencesOf } from './contents';
import { killDeploy, type Victims } from './kill';
import { forget, snapshot } from '../snapshot';

interface Named {
  readonly name: string;
}

/** A command that shall end the same, whatever happens on its way. */
export interface Scenario {
  readonly topology: Named;
  readonly args: readonly string[];
  /** Puts everything to where it was before the command. */
  reset(): void;
  /** What the command leads to when nothing happens. */
  readonly wanted: Outcome;
  /** Milliseconds that it then takes. */
  readonly milliseconds: number;
  /** State files by stack. */
  readonly states: ReadonlyMap<string, string>;
}

interface Outcome {
  readonly contents: readonly string[];
  /** Resources by stack, as the states have them. */
  readonly resources: Readonly<Record<string, number | undefined>>;
}

/** Runs a command undisturbed. @param before what stood before it: an earlier topology, or nothing */
export async function scenario(
  rehearsal: Rehearsal,
  {
    topology,
    args = [],
    before,
  }: { readonly topology: Named; readonly args?: readonly string[]; readonly before?: Named },
): Promise<Scenario> {
  const home = rehearsal.env['WATARI_HOME'] ?? '';
  forget(home, topology.name);
  if (before) await rehearsal.deploy(before);
  const reset = before ? snapshot(home, topology.name) : (): void => forget(home, topology.name);
  const started = Date.now();
  const report = await rehearsal.deploy(topology, args);
  const milliseconds = Date.now() - started;
  const states = new Map(report.stacks.map(({ stack, state = '' }) => [stack, state]));
  return { topology, args, reset, wanted: outcomeOf(rehearsal, topology, report), milliseconds, states };
}

/** The stacks of a change that was planned in another order are the same stacks. */
function outcomeOf(rehearsal: Rehearsal, topology: Named, { stacks }: DeployReport): Outcome {
  const resources = stacks.map(({ stack, resources }) => [stack, resources] as const);
  return { contents: contentsOf(rehearsal.objects(topology)), resources: Object.fromEntries(resources) };
}

/** Runs the command again, which must lead to what it leads to undisturbed. */
export async function proveConverged(rehearsal: Rehearsal, { topology, args, wanted }: Scenario): Promise<void> {
  const report = await rehearsal.deploy(topology, args);
  const found = outcomeOf(rehearsal, topology, report);
  assert.deepEqual(differencesOf(wanted.contents, found.contents), []);
  assert.deepEqual(found.resources, wanted.resources);
}

/** Once more, and it must find nothing to do. */
export async function proveSettled(rehearsal: Rehearsal, { topology, args }: Scenario): Promise<void> {
  assert.deepEqual(changesIn(await rehearsal.deploy(topology, args)), []);
}

export interface Point {
  /** Where in the command's time, 0 to 1. */
  readonly share: number;
  readonly victims: Victims;
  /** Whether a third run must find nothing to do. The others are compared only: what the cloud holds, and the states. */
  readonly settles: boolean;
}

/** Where a kill hit. */
export interface Hit {
  readonly milliseconds: number;
  /** Objects in the cloud at that moment. */
  readonly objects: number;
}

/** A busy machine may be faster than it was: a command that had ended is killed earlier. */
const shorter = 0.7;

/** Kills the command with -9 at a point, and proves that it converges when it is run again. */
export async function proveSurvived(rehearsal: Rehearsal, root: string, scene: Scenario, point: Point): Promise<Hit> {
  const { topology, args } = scene;
  for (let after = Math.max(1, point.share * scene.milliseconds); ; after *= shorter) {
    scene.reset();
    if (!(await killDeploy({ rehearsal, root, topology, args, after, victims: point.victims }))) continue;
    const objects = rehearsal.objects(topology).length;
    await proveConverged(rehearsal, scene);
    if (point.settles) await proveSettled(rehearsal, scene);
    return { milliseconds: Math.round(after), objects };
  }
}
