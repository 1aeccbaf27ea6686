import {
  build,
  hcl,
  local,
  postProcessor,
  provisioner,
  source,
  type SourceType,
  type Template,
  text,
  variable,
} from '../../../images/packer-ts-helpers/src';

export const command = 'npx example render';

const apiKey = variable('api_key', { type: 'string', sensitive: true, description: 'Costs ${1} and 5 %{ of nothing' });
const role = variable('role', { type: 'string', default: 'edge' });
const sizes = variable('sizes', { type: 'map(string)', default: { '${a}': '%{b}' } });
const names = variable('names', { type: 'list(string)', default: ['a', 'b'] });
const memory = variable('memory', { type: 'number', default: 2048 });
const headless = variable('headless', { type: 'bool', default: true });
const stamp = local('stamp', 'string', hcl('string', 'formatdate("YYYYMMDD", timestamp())'));
const imageName = local('image_name', 'string', text`${role}-${stamp}`);

export const inputs = { apiKey, role, sizes, names, memory, headless, stamp, imageName };

/** One of each source, with blocks, lists, maps and expressions, as Packer 1.6.6 knows them. */
export const sources = {
  'amazon-ebs': source('amazon-ebs', 'linux', {
    access_key: 'AKIAFAKE',
    secret_key: apiKey,
    skip_region_validation: true,
    region: 'ap-northeast-1',
    instance_type: 't3.micro',
    ami_name: imageName,
    ssh_username: 'admin',
    tags: { Role: role, Sizes: text`${hcl('string', 'join(",", var.names)')}` },
    run_tag: [{ key: 'a', value: '${not} an expression' }],
    source_ami_filter: { filters: { name: 'debian-12-amd64-*' }, owners: ['136693071363'], most_recent: true },
    launch_block_device_mappings: [{ device_name: '/dev/xvda', volume_size: 20, delete_on_termination: true }],
    aws_polling: { delay_seconds: 10, max_attempts: 60 },
  }),
  googlecompute: source('googlecompute', 'linux', {
    project_id: 'p',
    zone: 'asia-northeast1-a',
    source_image: 'debian-12-bookworm-v20250610',
    image_name: imageName,
    image_labels: { role },
    ssh_username: 'packer',
    on_host_maintenance: 'TERMINATE',
    image_encryption_key: { kmsKeyName: 'projects/p/locations/global/keyRings/r/cryptoKeys/k' },
  }),
  cloudstack: source('cloudstack', 'windows', {
    api_url: 'https://compute.example/client/api',
    api_key: apiKey,
    secret_key: apiKey,
    network: 'n',
    zone: 'tesla',
    service_offering: 'S',
    source_template: 'Windows Server 2022',
    template_os: 'Windows Server 2022 (64-bit)',
    communicator: 'winrm',
    winrm_username: 'Administrator',
    winrm_password: apiKey,
  }),
  qemu: source('qemu', 'linux', {
    iso_url: './base.qcow2',
    iso_checksum: `sha256:${'0'.repeat(64)}`,
    disk_image: true,
    accelerator: 'tcg',
    format: 'qcow2',
    memory,
    headless,
    qemuargs: [
      ['-cpu', 'max'],
      ['-serial', text`file:${role}.log`],
    ],
    qemu_img_args: { convert: ['-o', 'x'] },
    ssh_username: 'root',
    ssh_password: apiKey,
  }),
  null: source('null', 'here', { communicator: 'none' }),
} satisfies Record<SourceType, unknown>;

/** Every provisioner and post-processor. `script.sh` and `script.ps1` are in the folder where Packer runs. */
export const everything: Template = {
  variables: Object.values(inputs).filter((input) => 'declaration' in input),
  locals: [stamp, imageName],
  builds: [
    {
      name: 'everything',
      description: 'Costs ${1}',
      sources: Object.values(sources),
      provisioners: [
        provisioner('shell', { inline: ['echo "${HOME} %{http_code}"', text`echo ${build.ID} ${joinedNames()}`] }),
        provisioner(
          'shell',
          { scripts: ['script.sh'], environment_vars: [text`ROLE=${role}`], valid_exit_codes: [0, 2] },
          { only: [sources.qemu], pause_before: '10s', max_retries: 2, timeout: '5m' },
        ),
        provisioner('file', { source: 'script.sh', destination: '/tmp/x' }, { except: [sources.null] }),
        provisioner(
          'powershell',
          { script: 'script.ps1', elevated_user: 'Administrator', elevated_password: build.Password },
          { only: [sources.cloudstack] },
        ),
        provisioner('powershell', { inline: ['Write-Output "${env:Path}"'] }, { only: [sources.cloudstack] }),
        provisioner('windows-shell', { inline: ['dir %{x}'] }, { only: [sources.cloudstack] }),
        provisioner('windows-restart', { restart_timeout: '30m' }, { only: [sources.cloudstack] }),
        provisioner('ansible', { playbook_file: 'playbook.yml', use_proxy: false }, { only: [sources.qemu] }),
        provisioner('shell-local', { inline: [text`echo ${build.Host}`] }, { only: [sources.qemu] }),
      ],
      postProcessors: [
        [
          postProcessor('compress', { output: 'out/{{.BuildName}}.tar.gz', compression_level: 6 }),
          postProcessor('checksum', { checksum_types: ['sha256'], output: 'out.sha256' }),
        ],
        postProcessor('manifest', { output: 'm.json', strip_path: true, custom_data: { '${key}': role } }),
        postProcessor(
          'shell-local',
          { inline: ['echo "${HOME}"'] },
          { only: [sources.null], keep_input_artifact: true },
        ),
      ],
    },
  ],
};

function joinedNames() {
  return hcl('string', 'join(" ", var.names)');
}
