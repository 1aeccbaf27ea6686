import type { CliContext, Writer } from './context';
import { wantsColours } from './context';
import { createColors } from 'picocolors';

export type StepOutcome = 'done' | 'unchanged' | 'skipped' | 'failed';

/** One piece of long work in the making: a stack that is applied, a download. */
export interface Step {
  /** What it is doing now. */
  say(text: string): void;
  /** Ends the step; `text` is what came of it. */
  end(outcome: StepOutcome, text?: string): void;
}

/** Shows steps that run at the same time. */
export interface Progress {
  start(title: string): Step;
  /** Takes the live part away; steps that have not ended are forgotten. */
  close(): void;
}

interface Row {
  readonly title: string;
  readonly startedAt: number;
  text: string;
}

const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const frameMilliseconds = 100;
const symbols: Readonly<Record<StepOutcome, string>> = {
  done: '✔',
  unchanged: '=',
  skipped: '-',
  failed: '✖',
};

/**
 * Progress on stderr. On a terminal the running steps stay at the bottom, redrawn in place, and each step that ends
 * becomes a line above them; in CI or a pipe every start and end is one plain line. Silent with `quiet` (`--json`).
 */
export function progress(context: CliContext, options: { readonly quiet?: boolean } = {}): Progress {
  if (options.quiet) {
    return { start: () => ({ say: () => undefined, end: () => undefined }), close: () => undefined };
  }
  const isLive = context.stderr.isTTY === true && !context.env.CI && context.env.TERM !== 'dumb';
  return isLive ? liveProgress(context) : plainProgress(context.stderr);
}

function plainProgress(writer: Writer): Progress {
  return {
    start(title) {
      const startedAt = Date.now();
      writer.write(`${title}: started\n`);
      return {
        say: () => undefined,
        end: (outcome, text) => writer.write(`${title}: ${outcome}${text ? `, ${text}` : ''} (${since(startedAt)})\n`),
      };
    },
    close: () => undefined,
  };
}

function liveProgress(context: CliContext): Progress {
  const rows = new Set<Row>();
  const screen = liveArea(context.stderr);
  const colours = createColors(wantsColours(context.env, context.stderr));
  const paint: Readonly<Record<StepOutcome, (text: string) => string>> = {
    done: colours.green,
    unchanged: colours.dim,
    skipped: colours.yellow,
    failed: colours.red,
  };
  const draw = () => screen.draw([...rows].map((row) => describeRow(row)));
  const timer = setInterval(draw, frameMilliseconds).unref();
  return {
    start(title) {
      const row: Row = { title, startedAt: Date.now(), text: '' };
      rows.add(row);
      draw();
      return {
        say: (text) => (row.text = text),
        end(outcome, text) {
          if (!rows.delete(row)) return;
          const result = [row.title, text, colours.dim(since(row.startedAt))].filter(Boolean).join('  ');
          screen.printAbove(`${paint[outcome](symbols[outcome])} ${result}`);
          draw();
        },
      };
    },
    close() {
      clearInterval(timer);
      screen.draw([]);
    },
  };
}

function describeRow(row: Row): string {
  const frame = frames[Math.floor(Date.now() / frameMilliseconds) % frames.length] ?? '';
  return [frame, row.title, row.text, since(row.startedAt)].filter(Boolean).join('  ');
}

interface LiveArea {
  draw(lines: readonly string[]): void;
  printAbove(line: string): void;
}

/** The last lines of a terminal, rewritten in place. Never taller or wider than the terminal, or it would scroll. */
function liveArea(writer: Writer): LiveArea {
  let height = 0;
  const clear = () => (height > 0 ? `\u001b[${height}A\r\u001b[J` : '');
  return {
    draw(lines) {
      const shown = fit(lines, writer);
      writer.write(`${clear()}${shown.map((line) => `${line}\n`).join('')}`);
      height = shown.length;
    },
    printAbove(line) {
      writer.write(`${clear()}${line}\n`);
      height = 0;
    },
  };
}

function fit(lines: readonly string[], { columns = 80, rows = 24 }: Writer): readonly string[] {
  const room = Math.max(1, rows - 2);
  const shown = lines.length <= room ? lines : [...lines.slice(0, room - 1), `... and ${lines.length - room + 1} more`];
  return shown.map((line) => line.slice(0, columns - 1));
}

function since(startedAt: number): string {
  const seconds = (Date.now() - startedAt) / 1000;
  return seconds < 60 ? `${seconds.toFixed(1)} s` : `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`;
}
