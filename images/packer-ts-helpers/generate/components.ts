/** Where a component's attributes are declared: a Go package in one source tree per release of Packer. */
export interface Component {
  readonly kind: 'source' | 'provisioner' | 'post-processor';
  readonly type: string;
  /** `tree/package` at Packer 1.6.6 and today; `Config` is the struct in it. */
  readonly old: string;
  readonly current: string;
}

/** The source trees: one folder each, a checkout of the repository at the tag. */
export const trees = {
  'packer-1.6.6': { repository: 'hashicorp/packer', tag: 'v1.6.6' },
  'packer-1.16.0': { repository: 'hashicorp/packer', tag: 'v1.16.0' },
  'packer-plugin-sdk': { repository: 'hashicorp/packer-plugin-sdk', tag: 'v0.6.10' },
  'packer-plugin-amazon': { repository: 'hashicorp/packer-plugin-amazon', tag: 'v1.8.2' },
  'packer-plugin-googlecompute': { repository: 'hashicorp/packer-plugin-googlecompute', tag: 'v1.2.7' },
  'packer-plugin-cloudstack': { repository: 'hashicorp/packer-plugin-cloudstack', tag: 'v1.0.2' },
  'packer-plugin-qemu': { repository: 'hashicorp/packer-plugin-qemu', tag: 'v1.1.4' },
  'packer-plugin-ansible': { repository: 'hashicorp/packer-plugin-ansible', tag: 'v1.1.6' },
} as const;

export const components: readonly Component[] = [
  plugin('source', 'amazon-ebs', 'builder/amazon/ebs', 'packer-plugin-amazon/builder/ebs'),
  plugin('source', 'googlecompute', 'builder/googlecompute', 'packer-plugin-googlecompute/builder/googlecompute'),
  plugin('source', 'cloudstack', 'builder/cloudstack', 'packer-plugin-cloudstack/builder/cloudstack'),
  plugin('source', 'qemu', 'builder/qemu', 'packer-plugin-qemu/builder/qemu'),
  core('source', 'null', 'builder/null'),
  core('provisioner', 'shell', 'provisioner/shell'),
  core('provisioner', 'file', 'provisioner/file'),
  core('provisioner', 'powershell', 'provisioner/powershell'),
  core('provisioner', 'windows-shell', 'provisioner/windows-shell'),
  core('provisioner', 'windows-restart', 'provisioner/windows-restart'),
  plugin('provisioner', 'ansible', 'provisioner/ansible', 'packer-plugin-ansible/provisioner/ansible'),
  plugin('provisioner', 'shell-local', 'packer-plugin-sdk/shell-local', 'packer-plugin-sdk/shell-local'),
  core('post-processor', 'manifest', 'post-processor/manifest'),
  core('post-processor', 'checksum', 'post-processor/checksum'),
  core('post-processor', 'compress', 'post-processor/compress'),
  plugin('post-processor', 'shell-local', 'packer-plugin-sdk/shell-local', 'packer-plugin-sdk/shell-local'),
];

function core(kind: Component['kind'], type: string, folder: string): Component {
  return plugin(kind, type, folder, `packer-1.16.0/${folder}`);
}

function plugin(kind: Component['kind'], type: string, old: string, current: string): Component {
  return { kind, type, old: `packer-1.6.6/${old}`, current };
}
