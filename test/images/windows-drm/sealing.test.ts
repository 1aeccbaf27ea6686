import { createBuildPassword } from '../../../images/kit/windows-password';
import { windowsBuildAccount } from '../../../images/kit/windows-qemu';
import { filesOf, scripts } from './scripts';

const finish = scripts.get('sealing/finish.ps1')!;
/** What runs, after the functions that it calls. */
const end = finish.slice(finish.indexOf('Start-Sleep -Seconds 45'));

/** Places of words in a text, each of which must be there. */
function places(text: string, words: readonly string[]): number[] {
  const found = words.map((word) => text.indexOf(word));
  expect(words.filter((_, index) => found[index]! < 0)).toEqual([]);
  return found;
}
const sorted = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b);

describe('the end of a build', () => {
  it('removes the account and the traces, generalizes, and shuts the listener last', () => {
    const order = ['Remove-Account', 'Remove-Traces', 'Start-GoogleSysprep', 'sealed.json', 'Close-RemoteManagement'];
    const found = places(end, order);
    expect(found).toEqual(sorted(found));
  });

  it('stops the machine only where everything before it went well', () => {
    const found = places(end, ['catch {', 'exit 1', 'shutdown.exe']);
    expect(found).toEqual(sorted(found));
  });

  it('stops EC2 by the agent alone', () => {
    expect(end).toMatch(
      /if \(\$Builder -eq 'amazon-ebs'\) \{[^}]*'sysprep', '--shutdown', '--block'[^}]*\} else \{[^}]*shutdown\.exe/,
    );
  });

  it('looks at the state of sysprep, whose exit code says nothing', () => {
    for (const path of ['sealing/generalize.ps1', 'sealing/finish.ps1'])
      expect(scripts.get(path)).toContain('Assert-Generalized');
  });

  it('leaves listener, certificate, rule and service of remote management no way', () => {
    const close = scripts.get('files/Watari.psm1')!.split('function Close-RemoteManagement')[1]!;
    for (const part of ['Listener', 'CertificateThumbprint', "'watari-build-winrm'", "-StartupType 'Disabled'", '5986'])
      expect(close).toContain(part);
  });
});

describe('parts that must agree', () => {
  const account = scripts.get('bootstrap/qemu-account.ps1')!;

  it('on the string that carries the password of a build', () => {
    const prefix = /\$prefix = '([^']+)'/.exec(account)![1]!;
    expect(createBuildPassword().smbios.startsWith(prefix)).toBe(true);
  });

  it('on the name of the build account', () => {
    for (const path of ['bootstrap/qemu-account.ps1', 'files/Provision.psm1'])
      expect(scripts.get(path)).toContain(`-Name '${windowsBuildAccount}'`);
  });

  it("on the build's certificate and firewall rule", () => {
    const listen = scripts.get('bootstrap/listen.ps1')!;
    const rule = /-Name '(watari-build-winrm)'/.exec(listen)![1]!;
    const name = /-DnsName '([^']+)'/.exec(listen)![1]!;
    expect(scripts.get('steps/firewall.ps1')).toContain(`'${rule}'`);
    expect(scripts.get('files/Watari.psm1')).toContain(`'CN=${name}'`);
  });

  it('on the ports that first boot opens', () => {
    const made = [...scripts.get('steps/firewall.ps1')!.matchAll(/'(watari-\w+)' = \d+/g)].map(([, name]) => name!);
    const opened = [...scripts.get('files/Provision.psm1')!.matchAll(/= '(watari-\w+)'/g)].map(([, name]) => name!);
    expect(opened.sort()).toEqual(made.sort());
    expect(made).toHaveLength(3);
  });
});

describe('an agent that fails in the specialize pass', () => {
  const [, script] = [...filesOf(/cloudbase-specialize\.cmd$/)][0]!;

  it('is tried again at most twice', () => {
    expect(script.match(/exit \/b 2/g)).toHaveLength(1);
    expect(script).toContain('if exist "%tries%-2" exit /b 1');
  });
});
