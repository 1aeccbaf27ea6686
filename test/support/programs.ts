import { spawnSync } from 'node:child_process';
import { accessSync, constants, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { terraformEnvironment } from '../../scripts/terraform/environment';

const root = join(__dirname, '..', '..');
const systemFolders = ['/usr/local/sbin', '/usr/sbin', '/sbin'];

/** The path of a program on the PATH, among the system's programs or installed with the project. */
export function findProgram(name: string): string | undefined {
  if (isAbsolute(name)) return isExecutable(name) ? name : undefined;
  const folders = [join(root, 'node_modules', '.bin'), ...(process.env.PATH ?? '').split(delimiter), ...systemFolders];
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

/** The Terraform or OpenTofu that tests run, as `watari` finds it; undefined where there is none. */
export function terraformBinary(): string | undefined {
  return process.env.WATARI_TEST_TERRAFORM;
}

let awsProvider: boolean | undefined;

/** Whether `terraform init` gets the real AWS provider; what it downloads stays in `.watari` for the next run. */
export function awsProviderIsAvailable(): boolean {
  awsProvider ??= initAwsProvider(join(root, '.watari', 'requirements', 'aws'));
  return awsProvider;
}

function initAwsProvider(folder: string): boolean {
  const binary = terraformBinary();
  if (!binary) return false;
  mkdirSync(folder, { recursive: true });
  const providers = { aws: { source: 'hashicorp/aws', version: '>= 5.100.0, < 7.0.0' } };
  writeFileSync(join(folder, 'main.tf.json'), JSON.stringify({ terraform: { required_providers: providers } }));
  const { env } = terraformEnvironment(process.env);
  return spawnSync(binary, ['init', '-input=false'], { cwd: folder, env }).status === 0;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
