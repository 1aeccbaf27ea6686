import {
  type Provisioner,
  type ProvisionerAttributes,
  type Source,
  type Target,
  type Template,
  type Value,
  build,
  postProcessor,
  provisioner,
  source,
  text,
  variable,
} from '../packer-ts-helpers/src';
import { type BuilderSource, manifestFile, reportFile } from './linux-template';
import { qemuVariables } from './qemu';
import { type StagedImage, environmentOf } from './staging';
import { fitSource } from './target';
import { windowsWorkFolder } from './windows-checks';
import { windowsBuildAccount, windowsQemuSource, windowsQemuVariables } from './windows-qemu';

type Attributes = Readonly<Record<string, unknown>>;

/** Rounds of Windows updates, a restart after each: a server of last year's media needs three. */
const updateRounds = 3;

/** The account that Packer logs in with: the provider's own administrator, or one made for the build. */
const accounts = {
  'amazon-ebs': 'Administrator',
  googlecompute: windowsBuildAccount,
  cloudstack: 'Administrator',
  qemu: windowsBuildAccount,
} as const;

/** How Packer reaches Windows: TLS with a certificate that the machine has made itself, and no basic authentication. */
const winrm: Attributes = {
  communicator: 'winrm',
  winrm_port: 5986,
  winrm_use_ssl: true,
  winrm_insecure: true,
  winrm_use_ntlm: true,
};

/**
 * What each builder adds. Every wait is bounded: what is not there by then never comes, and the build says so.
 * Passwords: packer-plugin-amazon issue 525, packer issues 13542 and 11984; WinRM: packer-windows issues 330 and 250.
 */
const additions: Readonly<Record<BuilderSource['type'], Attributes>> = {
  'amazon-ebs': {
    user_data_file: 'windows/user-data-amazon-ebs.txt',
    windows_password_timeout: '20m',
    winrm_timeout: '30m',
    // Sysprep stops the machine. Packer's own stop would come in between (packer-plugin-amazon issue 307).
    disable_stop_instance: true,
    aws_polling: { delay_seconds: 15, max_attempts: 240 },
  },
  googlecompute: {
    metadata_files: { 'sysprep-specialize-script-ps1': 'windows/listen.ps1' },
    // The builder waits 3 minutes where it is not told; 1.6.6 bounds the password by `state_timeout`.
    windows_password_timeout: '15m',
    state_timeout: '15m',
    winrm_timeout: '30m',
  },
  cloudstack: {
    user_data_file: 'windows/user-data-cloudstack.ps1',
    // What `build.Port` says must be what the builder opens.
    public_port: 5986,
    async_timeout: '45m',
    winrm_timeout: '45m',
    // Of the new template, not of the one that it is built from: nobody logs on to what first boot makes of the image.
    template_password_enabled: false,
  },
  qemu: {
    // Installing takes 15 minutes with KVM, hours without.
    winrm_timeout: '4h',
    // The last provisioner has the machine stop by itself; this only says so.
    shutdown_command: 'cmd.exe /c ver',
    shutdown_timeout: '15m',
  },
};

/** A provider's plain source with what Windows needs. Whoever renders leaves out what the release of Packer does not know. */
function withWindows(staged: StagedImage, { type, name, body }: BuilderSource): BuilderSource {
  const own = type === 'qemu' ? windowsQemuSource(staged.image.diskGiB) : {};
  const all = { ...own, ...body, ...winrm, ...additions[type], winrm_username: accounts[type] };
  return { type, name, body: all };
}

/** Every builder of one Windows image, and the same steps on each, up to the sealing that each provider asks for. */
export function windowsTemplate(staged: StagedImage, sources: readonly BuilderSource[], target: Target): Template {
  const built = sources.map((one) => {
    const { body } = fitSource(withWindows(staged, one), target).source;
    // The adapter's body is plain data: rendering checks every attribute of it against Packer's own tables.
    return source(one.type, one.name, body as never) as Source;
  });
  const inputs = Object.keys(staged.texts).map((name) => inputVariable(staged, name));
  const qemu = built.some(({ type }) => type === 'qemu');
  const { outputDirectory, accelerator, cpuModel } = qemuVariables;
  return {
    variables: [
      ...inputs,
      ...(qemu ? [outputDirectory, accelerator, cpuModel, ...Object.values(windowsQemuVariables)] : []),
    ],
    builds: [
      {
        name: staged.image.name,
        description: staged.image.summary,
        sources: built,
        provisioners: provisioners(staged, built, inputs),
        postProcessors: [postProcessor('manifest', { output: 'packer-manifest.json', strip_path: true })],
      },
    ],
  };
}

function inputVariable({ image, texts }: StagedImage, name: string) {
  const value = texts[name];
  const description = image.inputs[name]?.description ?? name;
  return variable(name, { type: 'string', description, ...(value === undefined ? {} : { default: value }) });
}

type InputVariable = ReturnType<typeof inputVariable>;

function provisioners(
  staged: StagedImage,
  built: readonly Source[],
  inputs: readonly InputVariable[],
): readonly Provisioner[] {
  const environment: readonly Value<'string'>[] = [
    ...Object.entries(environmentOf(staged)).map(([name, value]) => `${name}=${value}`),
    ...inputs.map((input) => text`${input.name.toUpperCase()}=${input}`),
  ];
  return [
    ...Array.from({ length: updateRounds }, () => [asSystem(['windows/updates.ps1'], '75m'), restart()]).flat(),
    ...upload(staged),
    asSystem(['windows/place-files.ps1'], '5m'),
    asSystem(staged.scripts, '60m', environment),
    restart(),
    asSystem(['checks/running.ps1'], '15m'),
    asSystem(['windows/manifest.ps1'], '10m'),
    asSystem(['windows/clean.ps1'], '75m'),
    asSystem(['checks/sealed.ps1'], '15m'),
    ...[manifestFile, reportFile].map((file) => download(file)),
    asSystem(['windows/generalize.ps1'], '40m'),
    ...built.map((one) => close(one)),
    ...waitForClosing(built),
  ];
}

/** As a task of SYSTEM: Windows' update agent and DISM refuse work to a session that comes over the network. */
function asSystem(
  scripts: readonly string[],
  timeout: string,
  environment: readonly Value<'string'>[] = [],
): Provisioner {
  const attributes: ProvisionerAttributes['powershell'] = {
    scripts,
    elevated_user: 'SYSTEM',
    elevated_password: '',
    ...(environment.length === 0 ? {} : { environment_vars: environment }),
  };
  return provisioner('powershell', attributes, { timeout });
}

/** A restart after updates takes up to 20 minutes; one that takes 45 never ends. */
function restart(): Provisioner {
  return provisioner('windows-restart', { restart_timeout: '45m' }, { timeout: '50m' });
}

/** Everything that runs on the machine of the build without being a step; it is gone with the last one. */
function upload({ image }: StagedImage): readonly Provisioner[] {
  const scripts = image.checks.flatMap((check) => ('script' in check ? [check.script.split('/')[0] ?? ''] : []));
  const folders = [...new Set(['root', 'checks', 'sealing', ...scripts])];
  const make = `New-Item -Path '${windowsWorkFolder}' -ItemType 'Directory' -Force | Out-Null`;
  return [
    provisioner('powershell', { inline: [make] }, { timeout: '5m' }),
    ...folders.map((folder) =>
      provisioner('file', { source: folder, destination: windowsWorkFolder.replaceAll('\\', '/') }, { timeout: '15m' }),
    ),
  ];
}

function download(file: string): Provisioner {
  const attributes = { source: `${windowsWorkFolder}\\${file}`, destination: file, direction: 'download' } as const;
  return provisioner('file', attributes, { timeout: '5m' });
}

function close(one: Source): Provisioner {
  const attributes: ProvisionerAttributes['powershell'] = {
    script: 'windows/close.ps1',
    elevated_user: 'SYSTEM',
    elevated_password: '',
    environment_vars: [`WATARI_BUILD_USER=${accounts[one.type as BuilderSource['type']]}`],
  };
  return provisioner('powershell', attributes, { only: [one], timeout: '5m' });
}

/** These builders take the disk as soon as the last provisioner is done; the others wait for the machine to stop. */
function waitForClosing(built: readonly Source[]): readonly Provisioner[] {
  const only = built.filter(({ type }) => type === 'googlecompute' || type === 'cloudstack');
  if (only.length === 0) return [];
  const command = text`bash windows/wait-for-closing.sh ${build.Host} ${build.Port} 2400`;
  return [provisioner('shell-local', { inline: [command] }, { only, timeout: '45m' })];
}
