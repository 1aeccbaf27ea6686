import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { imageName } from '../../constructs/contract/image';
import { renderCloudInit } from '../../constructs/cloud-init';
import { bootMachine } from '../../scripts/image/booted-machine';
import { loadImages } from '../../scripts/image/load';
import { askChecks } from '../../scripts/image/check';
import { resolveImage } from '../../images/kit/resolve';
import { stageFromDisk } from '../../scripts/image/stage';
import { storedDisk } from '../../scripts/image/stored-disk';
import { main } from '../../scripts/watari';
import { edgeConfiguration } from '../../stacks/live/edge';
import { ImageCheckout, describe as description } from '../scripts/image/checkout';
import { ImageProof, debianArchive, imageBuilds } from '../support/built-images';
import { recordedContext } from '../support/cli';
import { startOrigin } from '../support/media-origin';
import { describeWith, requirement } from '../support/requirements';

const root = join(__dirname, '..', '..');
/** Beside what users build: base disks and images that were proven stay for the next run. */
const home = join(root, '.watari', 'image-tests');
const minute = 60_000;
const stream = 's1-show';

describeWith([imageBuilds, requirement('nginx'), requirement('ffmpeg')], 'an image that is built by QEMU', () => {
  let archive: string | undefined;
  let env: Record<string, string | undefined>;
  beforeAll(async () => {
    archive = await debianArchive(root);
    env = { PATH: process.env.PATH, HOME: process.env.HOME, WATARI_HOME: home, WATARI_DEBIAN_ARCHIVE: archive };
  }, minute);

  test(
    'an edge checks itself while it is built, and relays a stream when it is booted with the configuration of a machine',
    async () => {
      const descriptions = await loadImages(root);
      const variant = 'amd64-v3';
      const context = recordedContext({ root, cwd: root, env });
      const { contentId } = stageFromDisk({ image: resolveImage(descriptions, 'edge'), variant }, {}, context);
      const proof = new ImageProof(imageName({ role: 'edge', variant, contentId }), archive);
      const before = proof.read();
      if (before !== undefined) {
        process.stdout.write(`edge ${contentId} was built and booted on this machine before (${before})\n`);
        return;
      }
      removeOthers('edge', contentId);
      const build = ['image', 'build', 'edge', '--builder', 'qemu', '--arch', variant];
      expect({ code: await main(build, context), ...context.written }).toMatchObject({ code: 0 });
      await bootAndPlay(env);
      proof.write('built by QEMU, its checks asked twice, a stream played from it');
      const again = recordedContext({ root, cwd: root, env });
      expect(await main(build, again)).toBe(0);
      expect(again.written.stdout).toContain('nothing to do');
    },
    90 * minute,
  );

  test(
    'a check that fails ends the build, says so, and leaves no image',
    async () => {
      const checkout = new ImageCheckout();
      try {
        const checks = [
          { file: '/etc/hostname', mode: '0644' },
          { command: 'echo because it is not; false', what: 'something that is not so' },
        ];
        checkout.write('images/broken.ts', description({ summary: 'Broken on purpose', base: 'debian-12', checks }));
        const { code, stdout } = await checkout.run(['build', 'broken', '--builder', 'qemu'], env);
        expect(code).toBe(1);
        expect(stdout).toContain('not ok: something that is not so\n    because it is not');
        expect(leftOf('broken')).toEqual([]);
      } finally {
        checkout.remove();
      }
    },
    30 * minute,
  );

  test(
    'a build that is interrupted takes its machine down and leaves nothing',
    async () => {
      const checkout = new ImageCheckout();
      try {
        checkout.write('images/slow.ts', description({ summary: 'Never done', base: 'debian-12' }));
        const answer = checkout.run(['build', 'slow', '--builder', 'qemu'], env);
        let isOver = false;
        void answer.finally(() => (isOver = true));
        await until(() => isOver || consoleOf('slow') !== '', 10 * minute);
        process.emit('SIGINT');
        const { code, stdout, stderr } = await answer;
        expect({ code, stdout, stderr }).toMatchObject({ code: 1 });
        expect(stdout).toContain('interrupted, nothing of it is kept');
        expect(leftOf('slow')).toEqual([]);
        expect(await machinesOf('slow')).toBe('');
      } finally {
        checkout.remove();
      }
    },
    30 * minute,
  );
});

/** Waits for what takes minutes. @param patience in milliseconds */
async function until(holds: () => Promise<boolean> | boolean, patience: number): Promise<void> {
  const end = Date.now() + patience;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`did not happen within ${patience / minute} minutes`);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

/** Files of an image's builds below the store and the work folder. */
function leftOf(image: string): string[] {
  return ['store', 'work'].flatMap((folder) => {
    const path = join(home, 'images', folder);
    const names = existsSync(path) ? readdirSync(path) : [];
    return names.filter((name) => name.startsWith(`watari-${image}-`));
  });
}

/** Images of former descriptions are half a gigabyte each. */
function removeOthers(image: string, contentId: string): void {
  const others = leftOf(image).filter((name) => !name.includes(contentId));
  for (const name of others) rmSync(join(home, 'images', 'store', name), { recursive: true, force: true });
}

/** What the machine of a build has printed. */
function consoleOf(image: string): string {
  const [folder] = leftOf(image);
  const file = join(home, 'images', 'work', folder ?? '', 'console.log');
  return folder !== undefined && existsSync(file) ? readFileSync(file, 'utf8') : '';
}

async function machinesOf(image: string): Promise<string> {
  const { stdout } = await promisify(execFile)('ps', ['-eo', 'args']);
  return stdout
    .split('\n')
    .filter((line) => line.includes(`watari-${image}-`) && line.includes('qemu'))
    .join('\n');
}

/** Boots the image with what the platform gives to an edge, asks its checks, and plays what is published to its origin. */
async function bootAndPlay(env: Record<string, string | undefined>): Promise<void> {
  const origin = await startOrigin(stream);
  const disk = await storedDisk('edge', { arch: 'amd64-v3' }, recordedContext({ root, cwd: root, env }));
  const machine = await bootMachine(disk, {
    env,
    signal: new AbortController().signal,
    userData: renderCloudInit(edgeConfiguration(edge)),
    ports: [1935, 8080],
    services: { '10.0.2.100:1935': origin.forwards.rtmp, '10.0.2.100:8080': origin.forwards.agent },
  });
  try {
    await machine.ready();
    await machine.run("echo '10.0.2.100 a.s1.live.example' >> /etc/hosts");
    const health = () => fetch(`http://127.0.0.1:${machine.ports[8080]}/health`).then(({ status }) => status);
    await until(async () => (await health().catch(() => 0)) === 200, 3 * minute);
    expect(await play(`rtmp://127.0.0.1:${machine.ports[1935]}/live/${stream}`)).toEqual(['aac', 'h264']);
    const checks = await askChecks(disk, machine);
    // All that the image promises still holds, but for what user data is there to change.
    expect(checks.failed.map(({ what }) => what)).toEqual(['service nginx.service is disabled']);
    expect(checks.isComplete).toBe(true);
  } finally {
    await machine.stop();
    origin.stop();
  }
}

const edge = {
  base: {
    hostname: 'edge-1',
    half: 'a',
    operators: [],
    healthSources: ['10.0.2.2/32'],
    routes: [],
  },
  originsDomain: 'live.example',
  drainSeconds: 8,
} as const;

/** Codecs of two seconds of a stream; under emulation the first picture may take a while. */
async function play(url: string): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'watari-played-'));
  const file = join(folder, 'played.flv');
  try {
    const arguments_ = ['-nostdin', '-loglevel', 'error', '-i', url, '-t', '2', '-c', 'copy', '-y', file];
    const record = () =>
      promisify(execFile)('ffmpeg', arguments_, { timeout: minute }).then(
        () => true,
        () => false,
      );
    await until(record, 5 * minute);
    const entries = ['-loglevel', 'error', '-show_entries', 'stream=codec_name', '-of', 'csv=p=0', file];
    const { stdout } = await promisify(execFile)('ffprobe', entries);
    return stdout.trim().split('\n').sort();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
