import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Grace, Interrupted, runChild } from '../../../../scripts/image/build/child';
import { cloudGrace } from '../../../../scripts/image/build/provider';
import { takeWorkFolder } from '../../../../scripts/image/build/work';
import { isRunning, processOf } from '../../../../scripts/deploy/processes';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'watari-child-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Like Packer: an interrupt makes it clean up for a while, and only then does it end. */
const slow = (seconds: number) =>
  `trap 'sleep ${seconds}; echo clean > ${folder}/clean; exit 1' INT; echo ready; while :; do sleep 0.05; done`;
const cleaned = () => existsSync(join(folder, 'clean'));

function told(milliseconds: number): Grace & { readonly said: string[] } {
  const said: string[] = [];
  return { milliseconds, onWait: () => said.push('waits'), onForce: () => said.push('force'), said };
}

async function interruptSlow(seconds: number, grace: Grace): Promise<unknown> {
  const controller = new AbortController();
  const onLine = (line: string) => line === 'ready' && controller.abort();
  const options = { env: process.env, signal: controller.signal, onLine: (line: string) => void onLine(line), grace };
  return runChild('bash', ['-c', slow(seconds)], options).catch((error: unknown) => error);
}

test('a program that is interrupted is waited for as long as it may clean up', async () => {
  const grace = told(20_000);
  expect(await interruptSlow(0.3, grace)).toBeInstanceOf(Interrupted);
  expect([cleaned(), grace.said]).toEqual([true, ['waits']]);
});

test('it is ended by force only after that, and whoever waits is told', async () => {
  const grace = told(200);
  expect(await interruptSlow(60, grace)).toBeInstanceOf(Interrupted);
  expect([cleaned(), grace.said]).toEqual([false, ['waits', 'force']]);
});

test('Packer has ten minutes to take down its machine at a cloud, and says for what', () => {
  const said: string[] = [];
  const { milliseconds, onWait, onForce } = cloudGrace('edge-arm64 (amazon-ebs.tokyo)', (text) => said.push(text));
  onWait?.();
  onForce?.();
  expect(milliseconds).toBe(600_000);
  expect(said[0]).toContain('edge-arm64 (amazon-ebs.tokyo): Packer removes its machine and what is half-made');
  expect(said[1]).toContain('Look for its machine at the provider by hand');
});

describe('a Packer that a killed build has left running', () => {
  const { signal } = new AbortController();
  let work: string;
  beforeEach(() => mkdirSync((work = join(folder, 'work'))));

  async function leftOver(seconds: number) {
    const child = spawn('bash', ['-c', slow(seconds)], { detached: true, stdio: ['ignore', 'pipe', 'ignore'] });
    await new Promise((resolve) => child.stdout.once('data', resolve));
    const packer = processOf(child.pid ?? 0);
    // No process of this start: the program that was killed.
    writeFileSync(join(work, 'build.json'), JSON.stringify({ watari: { pid: process.pid, started: '0' }, packer }));
    writeFileSync(join(work, 'packer-manifest.json'), '{}');
    return packer;
  }

  test('is interrupted and waited for at a cloud, and what it has left is looked at', async () => {
    const packer = await leftOver(0.3);
    const grace = told(20_000);
    let left = false;
    const onLeft = (path: string) => (left = existsSync(join(path, 'packer-manifest.json')));
    const taken = await takeWorkFolder(work, 'edge', { signal, grace, onLeft });
    expect([isRunning(packer), cleaned(), left, grace.said]).toEqual([false, true, true, ['waits']]);
    expect(existsSync(join(taken.path, 'packer-manifest.json'))).toBe(false);
  });

  test('is still known to the next one when somebody does not want to wait', async () => {
    const packer = await leftOver(2);
    const controller = new AbortController();
    const waiting = takeWorkFolder(work, 'edge', { signal: controller.signal, grace: told(20_000) });
    controller.abort();
    await expect(waiting).rejects.toBeInstanceOf(Interrupted);
    const holder = JSON.parse(readFileSync(join(work, 'build.json'), 'utf8')) as { packer: object };
    expect(holder.packer).toEqual(packer);
    process.kill(-packer.pid, 'SIGKILL');
  });

  test('is ended at once with QEMU, whose machine ends with it', async () => {
    const packer = await leftOver(60);
    await takeWorkFolder(work, 'edge', { signal });
    for (let tries = 0; isRunning(packer) && tries < 50; tries++) await wait(20);
    expect([isRunning(packer), cleaned()]).toEqual([false, false]);
  });
});
