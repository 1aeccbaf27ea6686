/** One thing that is wrong with a template. */
export interface TemplateProblem {
  /** Path in the template: `source.qemu.edge.cpu_model`. */
  readonly where: string;
  readonly what: string;
  readonly why: string;
  readonly fix: string;
}

/** A template that Packer would refuse, or read otherwise than it was meant; all its problems at once. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';

  constructor(readonly problems: readonly TemplateProblem[]) {
    super(problems.map(printProblem).join('\n'));
  }
}

function printProblem({ where, what, why, fix }: TemplateProblem): string {
  return `${where}: ${what}: ${why}. ${fix}${fix.endsWith('?') ? '' : '.'}`;
}
