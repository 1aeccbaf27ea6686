import { DataResource } from 'cdktf';
import type { Construct } from 'constructs';

/** Something whose change replaces the resources that name `address` in `replaceTriggeredBy`. */
export interface Trigger {
  readonly address: string;
}

/**
 * For arguments that the provider changes in place and should not. The address is a bare one: Terraform takes no
 * expression in `replace_triggered_by`, which cdktf makes of a resource.
 */
export function replacementTrigger(scope: Construct, id: string, values: Record<string, string>): Trigger {
  const data = new DataResource(scope, id, { triggersReplace: values });
  return { address: `${DataResource.tfResourceType}.${data.friendlyUniqueId}` };
}
