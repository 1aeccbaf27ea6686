import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describeWith, requirement } from '../../support/requirements';
import { filesOf, images } from './scripts';

const grammar = join(images, 'windows-drm', 'answers', 'unattend.rng');
const answers = filesOf(/\.xml$/);
const install = answers.get('answers/autounattend.xml')!;

/** What the grammar says of a file, empty where it accepts it. */
function refusalOf(xml: string): string {
  const options = { input: xml, encoding: 'utf8' } as const;
  const { status, stderr } = spawnSync('xmllint', ['--noout', '--relaxng', grammar, '-'], options);
  return status === 0 ? '' : stderr;
}

const elements = (xml: string, name: string) =>
  [...xml.matchAll(new RegExp(`<${name}(?: [^>]*)?>([\\s\\S]*?)</${name}>`, 'g'))].map(([, inner]) => inner!);
const value = (xml: string, name: string) => elements(xml, name)[0];

describeWith(requirement('xmllint'), 'the grammar of answer files', () => {
  it.each([...answers])('accepts %s', (_path, xml) => {
    expect(refusalOf(xml)).toBe('');
  });

  it.each([
    [
      "an administrator's password",
      '<UserAccounts><AdministratorPassword><Value>x</Value></AdministratorPassword></UserAccounts>',
    ],
    ['an automatic logon', '<AutoLogon><Enabled>true</Enabled><Password><Value>x</Value></Password></AutoLogon>'],
    ['a setting that does not exist', '<HideEverything>true</HideEverything>'],
  ])('refuses %s', (_what, element) => {
    expect(refusalOf(install.replace('<TimeZone>', `${element}<TimeZone>`))).toContain('fails to validate');
  });

  it.each([
    ['a pass that Windows does not have', 'pass="oobeSystem"', 'pass="oobe"'],
    ['a component in a pass that it is not in', 'Microsoft-Windows-Deployment', 'Microsoft-Windows-Setup'],
    ['a driver path with a password', '<Path>D:\\drivers</Path>', '<Path>D:\\drivers</Path><Credentials/>'],
    ['a command that is too long for Windows', 'cmd.exe /c for', `cmd.exe /c ${'x'.repeat(260)} for`],
    ['a screen that waits for somebody', '<WillShowUI>OnError', '<WillShowUI>Always'],
  ])('refuses %s', (_what, from, to) => {
    expect(install).toContain(from);
    expect(refusalOf(install.replace(from, to))).toContain('fails to validate');
  });
});

describe.each([...answers])('%s', (_path, xml) => {
  it('holds no password, plain or encoded', () => {
    const withoutComments = xml.replaceAll(/<!--[\s\S]*?-->/g, '');
    expect(withoutComments).not.toMatch(/password|PlainText|AutoLogon|net user/i);
  });

  it('counts the commands of each list from one, each once', () => {
    for (const list of ['RunSynchronous', 'CreatePartitions', 'ModifyPartitions']) {
      for (const inner of elements(xml, list)) {
        const orders = elements(inner, 'Order').map(Number);
        expect(orders).toEqual(orders.map((_, index) => index + 1));
      }
    }
  });

  it('lets nobody be asked for a password at the first boot', () => {
    expect([value(xml, 'SkipMachineOOBE'), value(xml, 'SkipUserOOBE')]).toEqual(['true', 'true']);
  });
});

describe('the installation from the DVD', () => {
  it('makes the partitions in the order that UEFI asks for, Windows last', () => {
    const types = elements(value(install, 'CreatePartitions')!, 'Type');
    expect(types).toEqual(['EFI', 'MSR', 'Primary']);
    expect(elements(value(install, 'CreatePartitions')!, 'CreatePartition').at(-1)).toContain('<Extend>true</Extend>');
  });

  it('formats the EFI partition as FAT32 and installs on the one with Windows', () => {
    const formatted = elements(install, 'ModifyPartition').map((one) => [
      value(one, 'PartitionID'),
      value(one, 'Format'),
    ]);
    expect(formatted).toEqual([
      ['1', 'FAT32'],
      ['3', 'NTFS'],
    ]);
    expect(value(value(install, 'InstallTo')!, 'PartitionID')).toBe('3');
  });

  it('looks for the virtio drivers on every drive that the CD may have', () => {
    const paths = elements(value(install, 'DriverPaths')!, 'Path');
    expect(paths).toEqual(['D:\\drivers', 'E:\\drivers', 'F:\\drivers']);
    const keys = [...install.matchAll(/wcm:keyValue="(\d+)"/g)].map(([, key]) => key);
    expect(new Set(keys).size).toBe(paths.length);
  });
});
