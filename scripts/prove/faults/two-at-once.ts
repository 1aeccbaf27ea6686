import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import { clearFaults, injectFault } from '../../sandbox/control';
import { launchWatari } from '../launch';
import type { Rehearsal } from '../rehearsal';
import { killGroup, runningIn } from '../running';
import { proveConverged, proveSettled, type Scenario } from './converge';

const lookMilliseconds = 20;

/** The second of two deploys is refused and told who runs; once the first is killed, the next takes over at once. */
export async function proveOneAtATime(rehearsal: Rehearsal, root: string, scene: Scenario): Promise<string> {
  const { topology, args } = scene;
  const home = rehearsal.env['WATARI_HOME'] ?? '';
  const command = ['deploy', '--sandbox', '--json', '--topology', rehearsal.write(topology), ...args];
  scene.reset();
  rehearsal.tamper(topology, (cloud) => injectFault(cloud, { id: 'slow', kind: 'slow', seconds: 60 }));
  const { child, answer } = launchWatari(root, command, rehearsal.env);
  const pid = child.pid ?? 0;
  while (runningIn(home, topology.name).terraforms.length === 0) await wait(lookMilliseconds);
  const refused = await rehearsal.watari(command);
  assert.equal(refused.code, 2, refused.stdout);
  const { problems } = JSON.parse(refused.stdout) as { problems: { message: string }[] };
  const message = problems[0]?.message ?? '';
  assert.match(message, new RegExp(`is already running: .*process ${pid}, since .*watari deploy`));
  killGroup(pid);
  await answer;
  rehearsal.tamper(topology, (cloud) => clearFaults(cloud));
  await proveConverged(rehearsal, scene);
  await proveSettled(rehearsal, scene);
  return message;
}
