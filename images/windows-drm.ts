import { image } from './kit/description';

const download = 'https://[^\\s"]+';
const sha256 = '[0-9A-Fa-f]{64}';
const program = '/Program Files/Watari';
const schannel = 'HKLM:\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols';

/** A program that its makers publish under a licence of their own: whoever builds says which, by address and hash. */
function published(name: string, what: string) {
  return {
    [`${name}_url`]: { kind: 'text', description: `the https address of ${what}`, pattern: download },
    [`${name}_sha256`]: { kind: 'text', description: `the SHA-256 of ${what}`, pattern: sha256 },
  } as const;
}

function placed(name: string, folder = 'files') {
  return { source: `windows-drm/${folder}/${name}`, path: `${program}/${name}`, mode: '0644' };
}

/** Without the licence server's software and keys: first boot fetches them. Another Windows Server is another `base`. */
export default image({
  summary: 'Windows Server with IIS and ASP.NET, ready to become a DRM licence server at first boot',
  base: 'windows-server-2022',
  diskGiB: 60,
  inputs: {
    ...published('hosting_bundle', "ASP.NET Core's hosting bundle, an installer (.exe)"),
    ...published('windows_exporter', 'windows_exporter, an installer (.msi)'),
    ...published('fluent_bit', 'Fluent Bit for Windows, an archive (.zip)'),
    ...published('cloudbase_init', 'cloudbase-init, an installer (.msi): for cloudstack and qemu'),
  },
  files: [
    ...['Watari.psm1', 'Identity.psm1', 'Provision.psm1', 'first-boot.ps1', 'health.ps1', 'fluent-bit.conf'].map(
      (name) => placed(name),
    ),
    ...['agent-config.yml', 'cloudbase-init.conf', 'cloudbase-init-unattend.conf', 'cloudbase-specialize.cmd'].map(
      (name) => placed(name),
    ),
    placed('sysprep.xml', 'answers'),
  ],
  steps: [
    'windows-drm/steps/roles.ps1',
    'windows-drm/steps/hosting-bundle.ps1',
    'windows-drm/steps/application-pool.ps1',
    'windows-drm/steps/tls.ps1',
    'windows-drm/steps/metrics-and-logs.ps1',
    'windows-drm/steps/time.ps1',
    'windows-drm/steps/agent.ps1',
    'windows-drm/steps/services.ps1',
    'windows-drm/steps/firewall.ps1',
  ],
  checks: [
    { service: 'W3SVC', is: 'running' },
    { service: 'WAS', is: 'running' },
    { service: 'W32Time', is: 'running' },
    { service: 'windows_exporter', is: 'running' },
    { service: 'fluent-bit', is: 'disabled' },
    { port: 8080 },
    { http: 'http://127.0.0.1:8080/', status: 503, contains: 'first boot is not complete' },
    { http: 'http://127.0.0.1:9182/metrics', status: 200, contains: 'windows_os_info' },
    { file: 'C:\\Program Files\\IIS\\Asp.Net Core Module\\V2\\aspnetcorev2.dll' },
    ...['SSL 2.0', 'SSL 3.0', 'TLS 1.0', 'TLS 1.1'].map((protocol) => ({
      registry: `${schannel}\\${protocol}\\Server`,
      name: 'Enabled',
      value: 0,
    })),
    { registry: `${schannel}\\TLS 1.2\\Server`, name: 'Enabled', value: 1 },
    { registry: 'HKLM:\\SOFTWARE\\Microsoft\\.NETFramework\\v4.0.30319', name: 'SchUseStrongCrypto', value: 1 },
    {
      command: "Import-Module -Name 'WebAdministration'; (Get-Item -Path 'IIS:\\AppPools\\drm').startMode",
      what: 'the application pool runs before anybody asks',
      prints: 'AlwaysRunning',
    },
    { script: 'windows-drm/checks/firewall.ps1', what: 'the firewall is shut before first boot' },
    { script: 'windows-drm/checks/access.ps1', what: 'only administrators change what runs at boot' },
    { when: 'sealed', script: 'windows-drm/checks/secrets.ps1', what: 'no secrets are left' },
    { when: 'sealed', absent: 'C:\\ProgramData\\Watari\\serving.json' },
    { when: 'sealed', absent: 'C:\\ProgramData\\Watari\\settings.json' },
    { when: 'sealed', absent: 'C:\\inetpub\\drm\\*' },
    { when: 'sealed', absent: 'C:\\Windows\\Setup\\Scripts\\*' },
    { when: 'sealed', absent: 'C:\\Windows\\Panther\\*unattend*.xml' },
  ],
});
