import assert from 'node:assert/strict';
import { clearFaults, injectFault } from '../../sandbox/control';
import type { Fault } from '../../sandbox/objects';
import type { Rehearsal } from '../rehearsal';
import { proveConverged, proveSettled, type Scenario } from './converge';

/** Runs the command against a provider in trouble until it succeeds. Returns the number of runs. Throws beyond `most`. */
export async function proveWornOut(
  rehearsal: Rehearsal,
  scene: Scenario,
  fault: Omit<Fault, 'id'>,
  most: number,
): Promise<number> {
  const { topology, args } = scene;
  scene.reset();
  rehearsal.tamper(topology, (cloud) => injectFault(cloud, { id: 'trouble', ...fault }));
  const command = ['deploy', '--sandbox', '--json', '--topology', rehearsal.write(topology), ...args];
  let runs = 1;
  for (; (await rehearsal.watari(command)).code !== 0; runs++) assert.ok(runs < most, `not done after ${most} runs`);
  rehearsal.tamper(topology, (cloud) => clearFaults(cloud));
  await proveConverged(rehearsal, scene);
  await proveSettled(rehearsal, scene);
  return runs;
}
