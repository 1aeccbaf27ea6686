import type { ChildProcess } from 'node:child_process';
import type { Lab } from './lab';

/** A broadcaster's encoder: it comes back 0.3 s after its connection ends, until it is stopped. */
export function publish(lab: Lab, from: string, url: string): { stop(): void } {
  let child: ChildProcess | undefined;
  let stopped = false;
  const start = () => {
    if (stopped) return;
    child = lab.spawn(from, 'ffmpeg', [...picture, '-rw_timeout', '2000000', '-f', 'flv', url]);
    child.stdout?.resume();
    child.once('exit', () => setTimeout(start, 300));
  };
  start();
  return {
    stop: () => {
      stopped = true;
      child?.kill('SIGKILL');
    },
  };
}

const picture = [
  ...['-nostdin', '-loglevel', 'quiet', '-re', '-f', 'lavfi', '-i', 'testsrc=size=160x120:rate=25'],
  ...['-f', 'lavfi', '-i', 'sine', '-c:v', 'libx264', '-preset', 'ultrafast', '-tune', 'zerolatency', '-g', '25'],
  ...['-c:a', 'aac'],
];

/** A viewer that never connects twice. */
export interface Viewer {
  /** Seconds until the first picture; undefined before. */
  readonly first: () => number | undefined;
  readonly connected: () => boolean;
  /** The longest silence since the last call, in seconds, the one that lasts included. */
  readonly gap: () => number;
  readonly leave: () => void;
}

export function view(lab: Lab, from: string, url: string): Viewer {
  const quick = ['-nostdin', '-loglevel', 'quiet', '-fflags', 'nobuffer', '-analyzeduration', '500000'];
  const child = lab.spawn(from, 'ffmpeg', [
    ...quick,
    '-i',
    url,
    '-c',
    'copy',
    '-flush_packets',
    '1',
    '-f',
    'mpegts',
    '-',
  ]);
  const began = Date.now();
  let first: number | undefined;
  let last = began;
  let longest = 0;
  let connected = true;
  child.stdout?.on('data', () => {
    const now = Date.now();
    first ??= (now - began) / 1000;
    longest = Math.max(longest, now - last);
    last = now;
  });
  child.once('exit', () => (connected = false));
  return {
    first: () => first,
    connected: () => connected,
    gap: () => {
      const seconds = Math.max(longest, Date.now() - last) / 1000;
      longest = 0;
      return seconds;
    },
    leave: () => void child.kill('SIGKILL'),
  };
}
