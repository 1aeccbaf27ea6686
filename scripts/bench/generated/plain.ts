import { App, TerraformStack } from 'cdktf';
import { generatedStacks } from './stacks';

/** What a project without Watari runs: cdktf as it is. Arguments: folder, stacks, resources. */
const [outdir = '', stacks = '', resources = ''] = process.argv.slice(2);
const app = new App({ outdir, context: { excludeStackIdFromLogicalIds: 'true' } });
const made = new Map<string, TerraformStack>();
for (const { id, dependsOn, fill } of generatedStacks(Number(stacks), Number(resources))) {
  const stack = new TerraformStack(app, id);
  made.set(id, stack);
  for (const other of dependsOn) stack.addDependency(made.get(other) as TerraformStack);
  fill(stack);
}
app.synth();
