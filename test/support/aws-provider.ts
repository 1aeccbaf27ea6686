import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { awsMirror } from '../../scripts/facts/aws-mirror';

/**
 * A configuration file that sends Terraform for the AWS provider to the mirror that holds it, and to the registry for
 * all else.
 * @returns the file's path for TF_CLI_CONFIG_FILE; undefined where there is no mirror
 */
export function awsMirrorConfiguration(root: string, folder: string, env: NodeJS.ProcessEnv): string | undefined {
  const mirror = awsMirror(root, env);
  if (mirror === undefined) return undefined;
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'aws-mirror.tfrc');
  writeFileSync(file, configurationOf(mirror));
  return file;
}

function configurationOf(mirror: string): string {
  const aws = '"registry.terraform.io/hashicorp/aws"';
  return [
    'provider_installation {',
    '  filesystem_mirror {',
    `    path    = ${JSON.stringify(mirror)}`,
    `    include = [${aws}]`,
    '  }',
    '  direct {',
    `    exclude = [${aws}]`,
    '  }',
    '}',
    '',
  ].join('\n');
}

/**
 * An override for the real provider: nothing in real output asks for this. It then calls nobody, with credentials of
 * nobody.
 */
export const offlineAws = {
  provider: {
    aws: {
      access_key: 'nobody',
      secret_key: 'nothing',
      skip_credentials_validation: true,
      skip_metadata_api_check: 'true',
      skip_region_validation: true,
      skip_requesting_account_id: true,
    },
  },
};
