// What Packer asks of a component beyond types. Source: the `Prepare` function of each at hashicorp/packer v1.6.6 and
// in the current plugins; test/images/packer-ts-helpers proves each rule with the real program.

/** `required`: each must be there. `oneOf`: of each group exactly one. `values`: the only words an attribute takes. */
export interface Rules {
  readonly required: readonly string[];
  readonly oneOf: readonly (readonly string[])[];
  readonly values: Readonly<Record<string, readonly string[]>>;
  /** What a source needs for each way to reach its machine. */
  readonly communicators?: Readonly<Record<'ssh' | 'winrm' | 'none', readonly string[]>>;
}

const communicators = { ssh: ['ssh_username'], winrm: ['winrm_username'], none: [] } as const;
const script = { required: [], oneOf: [['inline', 'script', 'scripts']], values: {} } as const;

export const sourceRules = {
  'amazon-ebs': {
    // Packer 1.6.6 accepts a template without a region, then fails in the build.
    required: ['ami_name', 'region'],
    oneOf: [
      ['instance_type', 'spot_instance_types'],
      ['source_ami', 'source_ami_filter'],
    ],
    values: { shutdown_behavior: ['stop', 'terminate'], imds_support: ['v2.0'] },
    communicators,
  },
  googlecompute: {
    required: ['project_id', 'zone'],
    oneOf: [['source_image', 'source_image_family']],
    values: { on_host_maintenance: ['MIGRATE', 'TERMINATE'] },
    communicators,
  },
  cloudstack: {
    // URL and keys may come from CLOUDSTACK_API_URL, CLOUDSTACK_API_KEY and CLOUDSTACK_SECRET_KEY.
    required: ['network', 'service_offering', 'template_os', 'zone'],
    oneOf: [['source_iso', 'source_template']],
    values: {},
    communicators,
  },
  qemu: {
    required: ['iso_checksum'],
    oneOf: [['iso_url', 'iso_urls']],
    values: {
      accelerator: ['hax', 'hvf', 'kvm', 'none', 'tcg', 'whpx', 'xen'],
      disk_cache: ['directsync', 'none', 'unsafe', 'writeback', 'writethrough'],
      disk_detect_zeroes: ['off', 'on', 'unmap'],
      disk_discard: ['ignore', 'unmap'],
      format: ['qcow2', 'raw'],
    },
    communicators,
  },
  null: {
    required: [],
    oneOf: [],
    values: {},
    communicators: { ssh: ['ssh_host', 'ssh_username'], winrm: ['winrm_host', 'winrm_username'], none: [] },
  },
} as const;

export const provisionerRules = {
  shell: script,
  powershell: script,
  'windows-shell': script,
  'windows-restart': { required: [], oneOf: [], values: {} },
  file: {
    required: ['destination'],
    oneOf: [['source', 'sources', 'content']],
    values: { direction: ['download', 'upload'] },
  },
  ansible: { required: ['playbook_file'], oneOf: [], values: {} },
  'shell-local': { required: [], oneOf: [['command', 'inline', 'script', 'scripts']], values: {} },
} as const;

export const postProcessorRules = {
  manifest: { required: [], oneOf: [], values: {} },
  checksum: { required: [], oneOf: [], values: {} },
  compress: { required: [], oneOf: [], values: {} },
  'shell-local': { required: [], oneOf: [['command', 'inline', 'script', 'scripts']], values: {} },
} as const;

/** The attributes `A` of a component, with what its rules `R` ask for. */
export type Ruled<A, R extends Rules> = Omit<A, keyof R['values'] | 'communicator'> &
  Words<A, R['values']> &
  RequiredOf<A, R['required']> &
  Groups<A, R['oneOf']> &
  Communicators<A, R['communicators']>;

type RequiredOf<A, K extends readonly unknown[]> = Required<Pick<A, K[number] & keyof A>>;

/** A word of the list, or an expression whose value is only known later. */
type Words<A, V> = {
  readonly [K in keyof V & keyof A]?: (V[K] extends readonly (infer W)[] ? W : never) | Exclude<A[K], string>;
};

type Groups<A, G> = G extends readonly [infer First extends readonly unknown[], ...infer Rest]
  ? ExactlyOne<A, First[number] & keyof A> & Groups<A, Rest>
  : unknown;

type ExactlyOne<A, K extends keyof A> = {
  [One in K]: Required<Pick<A, One>> & Partial<Readonly<Record<Exclude<K, One>, never>>>;
}[K];

type Communicators<A, C> =
  C extends Record<'ssh' | 'winrm' | 'none', readonly unknown[]>
    ? | ({ readonly communicator?: 'ssh' } & RequiredOf<A, C['ssh']>)
      | ({ readonly communicator: 'winrm' } & RequiredOf<A, C['winrm']>)
      | { readonly communicator: 'none' }
    : unknown;
