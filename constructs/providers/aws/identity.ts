import { IamInstanceProfile } from '@cdktf/provider-aws/lib/iam-instance-profile';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import type { Construct } from 'constructs';
import type { Site } from '../../contract/site';
import { nameOf, nameTag, roleNameLength } from './naming';
import { providerOf } from './provider';
import { settingsOf } from './settings';

export interface Identity {
  readonly role: IamRole;
  readonly profile: IamInstanceProfile;
}

/** One role for the site's machines. It starts with the one right that a leaving machine needs: to say that it is empty. */
export function makeIdentity(scope: Construct, site: Site): Identity {
  const provider = providerOf(scope, site.id);
  const name = nameOf(site, ['machine'], roleNameLength);
  const role = new IamRole(scope, 'machine-role', {
    provider,
    name,
    description: `machines of ${site.platform} at ${site.id}`,
    assumeRolePolicy: JSON.stringify(trustPolicy(site)),
    tags: nameTag(site, 'machine'),
  });
  new IamRolePolicy(scope, 'machine-drain', {
    provider,
    name: 'drain',
    role: role.id,
    policy: JSON.stringify(drainPolicy(site)),
  });
  const profile = new IamInstanceProfile(scope, 'machine-profile', { provider, name, role: role.name });
  return { role, profile };
}

/** `aws`, `aws-cn` or `aws-us-gov`: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
export function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

function trustPolicy(site: Site): object {
  const suffix = settingsOf(site).region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  // In the order of keys that the provider brings it into.
  return {
    Statement: [{ Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: `ec2.${suffix}` } }],
    Version: '2012-10-17',
  };
}

function drainPolicy(site: Site): object {
  const { region } = settingsOf(site);
  const groups = `autoScalingGroup:*:autoScalingGroupName/${site.platform}-${site.id}-*`;
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Action: ['autoscaling:CompleteLifecycleAction', 'autoscaling:RecordLifecycleActionHeartbeat'],
        Effect: 'Allow',
        Resource: `arn:${partitionOf(region)}:autoscaling:${region}:*:${groups}`,
      },
    ],
  };
}
