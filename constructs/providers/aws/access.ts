import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment';
import type { Construct } from 'constructs';
import { tiers } from '../../contract/plan';
import type { Handles, Site } from '../../contract/site';
import { partitionOf } from './identity';
import { providerOf } from './provider';
import { allowIn, groupHandle } from './security';
import { handleOf, settingsOf } from './settings';

const sshPort = 22;

/**
 * Operators come through Systems Manager (no open port, every session on record) or by SSH with a certificate from
 * their own networks.
 */
export function access(scope: Construct, id: string, site: Site, network: Handles): void {
  new IamRolePolicyAttachment(scope, `${id}-session-manager`, {
    provider: providerOf(scope, site.id),
    role: handleOf(network, 'machine-role'),
    policyArn: `arn:${partitionOf(settingsOf(site).region)}:iam::aws:policy/AmazonSSMManagedInstanceCore`,
  });
  for (const tier of tiers) {
    for (const cidr of site.operators) admit(scope, `${id}-${tier}`, site, handleOf(network, groupHandle(tier)), cidr);
  }
}

function admit(scope: Construct, prefix: string, site: Site, group: string, cidr: string): void {
  allowIn(scope, prefix, site, group, {
    id: `ssh-${cidr.replace(/[./]/g, '-')}`,
    why: 'operators',
    protocol: 'tcp',
    fromPort: sshPort,
    toPort: sshPort,
    cidr,
  });
}
