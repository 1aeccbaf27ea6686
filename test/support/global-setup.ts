import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { findTerraform } from '../../scripts/terraform/find';
import { awsMirrorConfiguration } from './aws-provider';

const root = join(__dirname, '..', '..');

/** Before all tests: the generated bindings, which they import, and the Terraform that they run, where there is one. */
export default async function globalSetup(): Promise<void> {
  execFileSync(process.execPath, [join(root, 'bin', 'bindings.mjs')], { stdio: 'inherit' });
  // The garbage of a Terraform or a provider that lives for a second need not be collected so often; why: scripts/sandbox/run.ts.
  process.env.GOGC ??= '400';
  const found = await findTerraform({ root, env: process.env }).catch(() => undefined);
  if (found) process.env.WATARI_TEST_TERRAFORM = found.path;
  const mirror = awsMirrorConfiguration(root, join(root, '.watari', 'requirements'), process.env);
  if (mirror) process.env.TF_CLI_CONFIG_FILE = mirror;
}
