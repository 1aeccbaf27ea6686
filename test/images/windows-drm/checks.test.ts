import type { Check } from '../../../images/kit/checks';
import { renderWindowsChecks } from '../../../images/kit/windows-checks';
import { errorsOf, parse } from './powershell';

/** One of each kind, with every answer that it may be asked for. */
const checks: readonly Check[] = [
  ...(['running', 'enabled', 'disabled', 'startable'] as const).map((is) => ({ service: 'W3SVC', is })),
  { port: 443 },
  { port: 53, protocol: 'udp' },
  { http: 'http://127.0.0.1:8080/', status: 503, contains: "it's closed" },
  ...(['absent', 'locked', 'present'] as const).map((is) => ({ user: 'packer', is })),
  { file: 'C:\\a b\\c.txt' },
  { file: 'C:\\c.txt', contains: '' },
  { file: 'C:\\c.txt', contains: "o'clock $x `n" },
  { file: 'C:\\c.txt', mode: '0600' },
  { absent: 'C:\\Windows\\Panther\\*.xml' },
  { sysctl: 'net.ipv4.ip_forward', value: '1' },
  { registry: 'HKLM:\\SOFTWARE\\X', name: 'Y', value: 1 },
  { registry: 'HKLM:\\SOFTWARE\\X', name: 'Y', value: "a'b" },
  { command: 'Get-Date', what: 'there is a clock' },
  { command: "Write-Output 'a'\nWrite-Output 'b'", what: "two lines, isn't it", prints: 'b' },
  { script: 'windows-drm/checks/access.ps1', what: 'nobody else may' },
];

it('renders every kind of check as PowerShell', async () => {
  expect(errorsOf(await parse(renderWindowsChecks(checks)))).toEqual([]);
});

it.each(checks.map((check) => [JSON.stringify(check), check] as const))(
  'renders %s as PowerShell',
  async (_, check) => {
    expect(errorsOf(await parse(renderWindowsChecks([check])))).toEqual([]);
  },
);

it('keeps what a check says literal', () => {
  const script = renderWindowsChecks([{ file: 'C:\\c.txt', contains: "o'clock $x `n" }]);
  expect(script).toContain("$text.Contains('o''clock $x `n')");
});

it('counts the checks, and fails at the end of all of them', () => {
  const script = renderWindowsChecks(checks);
  expect(script).toContain(`'1..${checks.length}'`);
  expect(script.match(/^Test-Check -What/gm)).toHaveLength(checks.length);
  expect(script.trimEnd()).toMatch(/exit 1 \}$/);
});

it.each([
  ['a kernel setting of Linux', { sysctl: 'a', value: '1' }, 'Windows has no sysctl'],
  ['a file mode of Linux', { file: 'C:\\x', mode: '0600' }, 'Windows has no modes'],
] as const)('fails for %s instead of passing over it', (_, check, message) => {
  expect(renderWindowsChecks([check])).toContain(`throw '${message}`);
});

it('runs a script of the project from where it was uploaded', () => {
  const script = renderWindowsChecks([{ script: 'windows-drm/checks/access.ps1', what: 'x' }]);
  expect(script).toContain('& "$work\\windows-drm\\checks\\access.ps1"');
});
