import type { ITerraformDependable } from 'cdktf';
import type { Construct } from 'constructs';
import { Command } from '../../../.gen/providers/bigip/command';
import type { BigipProvider } from '../../../.gen/providers/bigip/provider';
import { stableHash } from '../../util/hash';
import { deviceGroup } from './onboarding';

const hashLength = 16;

/** Commands of tmsh; what follows `#` is for Terraform, which runs them again when, and only when, their text changes. */
export function syncCommands(objects: unknown): string[] {
  const mark = `# objects ${stableHash(JSON.stringify(objects), hashLength)}`;
  return [`save sys config ${mark}`, `run cm config-sync to-group ${deviceGroup} ${mark}`];
}

/**
 * Nothing survives a restart of a BIG-IP until it is saved, and nothing reaches the other box until it is synchronised.
 * @param objects what was rendered, as plain data
 */
export function saveAndSync(
  scope: Construct,
  id: string,
  provider: BigipProvider,
  objects: unknown,
  dependsOn: ITerraformDependable[],
): void {
  new Command(scope, id, { provider, commands: syncCommands(objects), dependsOn });
}
