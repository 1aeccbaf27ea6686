import { App, DataResource, TerraformStack } from 'cdktf';

/** One stack of an app: what is deployed before it, and what is in it. */
export interface StackPlan {
  readonly id: string;
  /** Stacks that come earlier in the list. */
  readonly dependsOn: readonly string[];
  fill(stack: TerraformStack): void;
}

/**
 * Writes what `App.synth` writes, stack by stack. What it leaves out of that: the run over all elements that looks for
 * references from one stack to another, since ours read each other by remote state alone, and asking the installed
 * Terraform for its version, which is for whoever deploys to know.
 * @throws Error when a construct's own validation fails, or a stack depends on one that comes later
 */
export function writeApp(outdir: string, plans: readonly StackPlan[]): void {
  const app = new App({ outdir, context: { excludeStackIdFromLogicalIds: 'true' } });
  const made = new Map<string, TerraformStack>();
  for (const plan of plans) {
    const stack = new TerraformStack(app, plan.id);
    for (const id of plan.dependsOn) stack.addDependency(known(made, id, plan.id));
    plan.fill(stack);
    stack.ensureBackendExists();
    validate(stack);
    stack.synthesizer.synthesize({ outdir, manifest: app.manifest, skipValidation: true });
    made.set(plan.id, stack);
  }
  app.manifest.writeToFile();
}

function known(made: ReadonlyMap<string, TerraformStack>, id: string, reader: string): TerraformStack {
  const stack = made.get(id);
  if (!stack) throw new Error(`stack ${reader} depends on ${id}, which does not come before it`);
  return stack;
}

/** All that cdktf validates, but for `terraform_data`: its one demand is a Terraform that runs, since 1.4. */
function validate(stack: TerraformStack): void {
  const nodes = stack.node.findAll().filter((node) => !(node instanceof DataResource));
  const problems = nodes.flatMap(({ node }) => node.validate().map((problem) => `[${node.path}] ${problem}`));
  if (problems.length > 0) throw new Error(problems.join('\n'));
}
