import type { ChildProcess } from 'node:child_process';
import type { Lab } from './lab';

/** A broadcaster's encoder: it comes back 0.3 s after its connection ends, until it is stopped. */
export interface Publisher {
  /** Seconds from a moment (Date.now) until data flowed on a connection made after it; undefined: none was made. */
  back(since: number): number | undefined;
  /** The longest time without data sent since the last call, in seconds, the one that lasts included. */
  gap(): number;
  stop(): void;
}

export function publish(lab: Lab, from: string, url: string): Publisher {
  let child: ChildProcess | undefined;
  let stopped = false;
  const silence = silenceSince(Date.now());
  const connections: { readonly made: number; flowed?: number }[] = [];
  const start = () => {
    if (stopped) return;
    const connection: (typeof connections)[number] = { made: Date.now() };
    connections.push(connection);
    child = lab.spawn(from, 'ffmpeg', [...picture, '-rw_timeout', '2000000', '-f', 'flv', url]);
    child.stdout?.on('data', (text: Buffer) => {
      if (!/^total_size=[1-9]/m.test(text.toString())) return;
      connection.flowed ??= Date.now();
      silence.end();
    });
    child.once('exit', () => setTimeout(start, 300));
  };
  start();
  return {
    back: (since) => {
      const flowed = connections.find(({ made, flowed }) => made > since && flowed !== undefined)?.flowed;
      return flowed === undefined ? undefined : (flowed - since) / 1000;
    },
    gap: silence.longest,
    stop: () => {
      stopped = true;
      child?.kill('SIGKILL');
    },
  };
}

/** The longest silence since the last question, in seconds. */
function silenceSince(began: number): { end(): void; longest(): number } {
  let last = began;
  let longest = 0;
  return {
    end: () => {
      const now = Date.now();
      longest = Math.max(longest, now - last);
      last = now;
    },
    longest: () => {
      const seconds = Math.max(longest, Date.now() - last) / 1000;
      longest = 0;
      return seconds;
    },
  };
}

const picture = [
  ...['-nostdin', '-loglevel', 'quiet', '-progress', 'pipe:1', '-stats_period', '0.1'],
  ...['-re', '-f', 'lavfi', '-i', 'testsrc=size=160x120:rate=25'],
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
  const silence = silenceSince(began);
  let first: number | undefined;
  let connected = true;
  child.stdout?.on('data', () => {
    first ??= (Date.now() - began) / 1000;
    silence.end();
  });
  child.once('exit', () => (connected = false));
  return {
    first: () => first,
    connected: () => connected,
    gap: silence.longest,
    leave: () => void child.kill('SIGKILL'),
  };
}
