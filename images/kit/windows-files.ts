import { renderWindowsChecks } from './windows-checks';
import { windowsEditions } from './windows-qemu';
import type { ResolvedImage } from './resolve';

/** Parts of the kit that every Windows image is built and sealed with: path in Packer's folder, path from `images/`. */
const parts = {
  'windows/listen.ps1': 'windows-drm/bootstrap/listen.ps1',
  'windows/qemu-account.ps1': 'windows-drm/bootstrap/qemu-account.ps1',
  'windows/SetupComplete.cmd': 'windows-drm/bootstrap/SetupComplete.cmd',
  'windows/updates.ps1': 'windows-drm/steps/updates.ps1',
  'windows/place-files.ps1': 'windows-drm/steps/place-files.ps1',
  'windows/manifest.ps1': 'windows-drm/steps/manifest.ps1',
  'windows/clean.ps1': 'windows-drm/sealing/clean.ps1',
  'windows/generalize.ps1': 'windows-drm/sealing/generalize.ps1',
  'windows/close.ps1': 'windows-drm/sealing/close.ps1',
  'windows/wait-for-closing.sh': 'windows-drm/sealing/wait-for-closing.sh',
  // Uploaded: it runs when Packer's session is gone.
  'sealing/finish.ps1': 'windows-drm/sealing/finish.ps1',
} as const;

/**
 * What Packer's folder holds for a Windows image beside its own steps, files and scripts of checks.
 * @param read content of a file by its path from `images/`; throws where there is none
 */
export function windowsKitFiles(
  image: Pick<ResolvedImage, 'checks' | 'operatingSystem'>,
  read: (path: string) => Uint8Array,
): ReadonlyMap<string, string | Uint8Array> {
  const text = (path: string) => Buffer.from(read(path)).toString('utf8');
  const listen = text(parts['windows/listen.ps1']);
  const answers = text('windows-drm/answers/autounattend.xml');
  const checks = (when: 'running' | 'sealed') =>
    renderWindowsChecks(image.checks.filter((check) => (check.when ?? 'running') === when));
  return new Map<string, string | Uint8Array>([
    ...Object.entries(parts).map(([path, from]) => [path, read(from)] as const),
    // EC2Launch and cloudbase-init tell scripts from other user data by these marks.
    ['windows/user-data-amazon-ebs.txt', `<powershell>\n${listen}</powershell>\n`],
    ['windows/user-data-cloudstack.ps1', `#ps1_sysnative\n${listen}`],
    [
      'windows/autounattend.xml',
      answers.replace('<Value>IMAGE_NAME<', `<Value>${windowsEditions[image.operatingSystem] ?? ''}<`),
    ],
    ['checks/running.ps1', checks('running')],
    ['checks/sealed.ps1', checks('sealed')],
  ]);
}
