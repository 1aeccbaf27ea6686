import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { isRunning, processOf, waitForEnd } from '../../../scripts/deploy/processes';
import { killLaunchedOnInterrupt, launchWatari } from '../../../scripts/prove/launch';
import { endRunning } from '../../../scripts/prove/running';

let home: string;
const started: ChildProcess[] = [];

beforeEach(() => (home = mkdtempSync(join(tmpdir(), 'watari-running-'))));
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
  rmSync(home, { recursive: true, force: true });
});

const sleep = 'setTimeout(() => undefined, 60_000)';

function sleeper(): { readonly pid: number; readonly started?: string } {
  const child = spawn(process.execPath, ['-e', sleep], { detached: true, stdio: 'ignore' });
  started.push(child);
  return processOf(child.pid!);
}

function heldBy(folder: string, holder: object): void {
  const place = join(folder, 'sandbox', 'bay');
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, 'running.json'), JSON.stringify({ host: hostname(), ...holder }));
}

describe('what an earlier run of the proofs has left at work', () => {
  it.each(['.', 'below'])('is killed before a proof begins, and its Terraforms, in the home %s', async (below) => {
    const [deploy, terraform] = [sleeper(), sleeper()];
    heldBy(join(home, below), { ...deploy, terraforms: [terraform] });
    const said: string[] = [];
    await endRunning(home, (text) => said.push(text));
    expect([deploy, terraform].map(isRunning)).toEqual([false, false]);
    expect(said[0]).toContain(`${deploy.pid}, ${terraform.pid}`);
  });

  it('is let alone on another machine, and where another process has its id', async () => {
    const [one, other] = [sleeper(), sleeper()];
    heldBy(join(home, 'one'), { ...one, host: 'elsewhere' });
    heldBy(join(home, 'other'), { ...other, started: '1' });
    await endRunning(home, () => undefined);
    expect([one, other].map(isRunning)).toEqual([true, true]);
  });
});

describe('an interrupt of the proofs', () => {
  it('kills what they have launched, and its Terraforms', async () => {
    mkdirSync(join(home, 'bin'));
    writeFileSync(join(home, 'bin', 'watari.mjs'), sleep);
    const { child, answer } = launchWatari(home, ['deploy'], { WATARI_HOME: home });
    const terraform = sleeper();
    heldBy(home, { ...processOf(child.pid!), terraforms: [terraform] });
    const exit = jest.spyOn(process, 'exit').mockImplementation(() => undefined as never);
    const stop = killLaunchedOnInterrupt();
    process.emit('SIGINT', 'SIGINT');
    stop();
    expect(exit).toHaveBeenCalledWith(130);
    exit.mockRestore();
    expect((await answer).code).toBe(1);
    await waitForEnd([terraform], () => undefined);
  });
});
