import {
  type PostProcessor,
  type Provisioner,
  type ProvisionerAttributes,
  type Source,
  type Template,
  type Value,
  postProcessor,
  provisioner,
  source,
  text,
  variable,
} from '../packer-ts-helpers/src';
import { qemuSource, qemuVariables } from './qemu';
import { type StagedImage, checkingScript, environmentOf, manifestScript, sealingScript } from './staging';

/** Where a provider has its images built: what its adapter says, complete but for how Packer logs in and what it does there. */
export interface BuilderSource {
  readonly type: 'amazon-ebs' | 'googlecompute' | 'cloudstack' | 'qemu';
  /** Tells sources of one builder apart: the site. */
  readonly name: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Where everything lies in the machine of the build, and nothing afterwards. */
const workFolder = '/tmp/watari';
/** Staged beside the template, all of it. */
const uploads = ['packages.list', 'releases.list', 'files.list', 'inputs.list', 'root', 'checks'];
export const manifestFile = 'manifest.tsv';
export const reportFile = 'checks.tap';

/** As root, with the variables of the step, whether the plain image logs in as root or as a user who may become it. */
const executeCommand =
  'chmod +x {{ .Path }}; cd /tmp/watari; if [ "$(id -u)" = 0 ]; then env {{ .Vars }} {{ .Path }}; else sudo env {{ .Vars }} {{ .Path }}; fi';

/**
 * Every builder of one image, and the same steps on each. The order is fixed: everything that makes the image, the checks of
 * what runs, the list of contents, and at last the sealing with the checks of what is left.
 */
export function linuxTemplate(staged: StagedImage, sources: readonly BuilderSource[]): Template {
  const { debian } = staged;
  const archive = variable('debian_archive', {
    type: 'string',
    default: `${debian.archive}/${debian.snapshot}`,
    description: 'Debian at the moment that the image is pinned to',
  });
  const security = variable('debian_security_archive', {
    type: 'string',
    default: `${debian.securityArchive}/${debian.snapshot}`,
  });
  const format = variable('format', { type: 'string', default: 'qcow2', description: 'qcow2, raw, tgz or ova' });
  const inputs = inputVariables(staged);
  const built = sources.map((one) => sourceOf(staged, one));
  const qemu = built.filter(({ type }) => type === 'qemu');
  const environment = [
    ...Object.entries(environmentOf(staged)).map(([name, value]) => `${name}=${value}`),
    text`WATARI_ARCHIVE=${archive}`,
    text`WATARI_SECURITY_ARCHIVE=${security}`,
    ...(qemu.length > 0 ? [text`WATARI_FORMAT=${format}`] : []),
    ...inputs.map((input) => text`${input.name.toUpperCase()}=${input}`),
  ];
  return {
    variables: [archive, security, ...(qemu.length > 0 ? [format, ...Object.values(qemuVariables)] : []), ...inputs],
    builds: [
      {
        name: staged.image.name,
        description: staged.image.summary,
        sources: built,
        provisioners: provisioners(staged, environment),
        postProcessors: postProcessors(built),
      },
    ],
  };
}

function inputVariables({ image, texts }: StagedImage) {
  return Object.entries(image.inputs).flatMap(([name, input]) => {
    if (input.kind !== 'text') return [];
    const value = texts[name];
    return [
      variable(name, {
        type: 'string',
        description: input.description,
        ...(value === undefined ? {} : { default: value }),
      }),
    ];
  });
}

function sourceOf(staged: StagedImage, { type, name, body }: BuilderSource): Source {
  const attributes = type === 'qemu' ? { ...qemuSource(staged.variant), ...body } : body;
  // The adapter's body is plain data: rendering checks every attribute of it against Packer's own tables.
  return source(type, name, attributes as never) as Source;
}

type Environment = readonly Value<'string'>[];

function provisioners(staged: StagedImage, environment: Environment): readonly Provisioner[] {
  const script = (scripts: readonly string[], timeout: string) => shell(scripts, environment, timeout);
  return [
    // The plain image's own first boot still installs and configures: two package managers at once fail.
    inline(['if command -v cloud-init >/dev/null; then sudo cloud-init status --wait >/dev/null || true; fi'], '10m'),
    inline([`mkdir -p ${workFolder}`], '1m'),
    provisioner('file', { sources: uploads, destination: `${workFolder}/` }),
    script(staged.scripts, '60m'),
    script([checkingScript], '15m'),
    script([manifestScript], '5m'),
    ...[manifestFile, reportFile].map((file) =>
      provisioner('file', { source: `${workFolder}/${file}`, destination: file, direction: 'download' }),
    ),
    script([sealingScript], '15m'),
  ];
}

function shell(scripts: readonly string[], environment: Environment, timeout: string): Provisioner {
  const attributes: ProvisionerAttributes['shell'] = {
    scripts,
    environment_vars: environment,
    execute_command: executeCommand,
  };
  return provisioner('shell', attributes, { timeout });
}

function inline(commands: readonly string[], timeout: string): Provisioner {
  return provisioner('shell', { inline: commands }, { timeout });
}

/** What Packer made, and where: ids of the clouds, which nothing else tells. */
function postProcessors(sources: readonly Source[]): readonly PostProcessor[] {
  return sources.length > 0 ? [postProcessor('manifest', { output: 'packer-manifest.json', strip_path: true })] : [];
}
