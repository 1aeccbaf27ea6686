import type { Progress, Step } from '../../cli/progress';
import type { ChecksReport } from './checks-report';
import type { PackerMessage } from './packer-output';

/** What Packer announces, and what it is called to whoever watches. The first that fits counts. */
const phases: readonly (readonly [RegExp, string | ((match: RegExpExecArray) => string)])[] = [
  [/80-check\.sh$|checks\/running\.ps1$/, 'checks'],
  [/85-manifest\.sh$|manifest\.ps1$/, 'list of contents'],
  [/90-seal\.sh$|sealed\.ps1$|clean\.ps1$/, 'seal'],
  [/^Provisioning with .*script: .*\/\d+-([\w-]+)\.\w+$/, (match) => match[1] ?? 'step'],
  [/^Provisioning with [Pp]owershell.*\/([\w-]+)\.ps1$/, (match) => match[1] ?? 'step'],
  [/^Waiting for (SSH|WinRM)/, 'boot'],
  [/^(Retrieving ISO|Copying hard drive|Creating CD disk|Starting (VM|HTTP)|Launching)/, 'boot'],
  [/^(Uploading|Downloading) /, ''],
  [/^(Gracefully halting|Stopping|Waiting for .*stop)/, 'stop'],
  [/^(Creating|Registering) .*(AMI|image|template|snapshot)/i, 'image'],
];

/** The phase that a line of Packer begins, if it begins one. */
export function phaseOf(text: string): string | undefined {
  for (const [pattern, name] of phases) {
    const match = pattern.exec(text);
    if (match) return (typeof name === 'string' ? name : name(match)) || undefined;
  }
  return undefined;
}

/** Shows a build as steps, one after the other: boot, packages, the image's own, checks, seal. */
export class BuildProgress {
  private step: Step | undefined;
  private phase = '';

  constructor(
    private readonly title: string,
    private readonly shown: Progress,
  ) {}

  /** Begins a step, unless it is the one that runs. */
  begin(phase: string): Step {
    if (phase === this.phase && this.step) return this.step;
    this.end('done');
    this.phase = phase;
    return (this.step = this.shown.start(`${this.title}: ${phase}`));
  }

  take({ kind, text }: PackerMessage, checks: ChecksReport): void {
    const phase = kind === 'say' ? phaseOf(text) : undefined;
    if (phase !== undefined) this.begin(phase);
    else if (checks.add(text)) this.step?.say(checks.count);
    else if (kind !== 'error') this.step?.say(text.trim());
  }

  end(outcome: 'done' | 'failed', text?: string): void {
    this.step?.end(outcome, text);
    this.step = undefined;
    this.phase = '';
  }
}
