import fs, { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLog } from '../../../../scripts/image/build/log';
import { runPacker } from '../../../../scripts/image/build/packer';
import { BuildProgress } from '../../../../scripts/image/build/phases';
import { needQemu } from '../../../../scripts/image/build/programs';
import { windowsInput } from '../../../../scripts/image/build/windows';
import { progress } from '../../../../scripts/cli/progress';
import { recordedContext } from '../../../support/cli';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'watari-windows-'))));
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

test('the password of a build is in no argument, where the list of processes would show it', async () => {
  const path = join(folder, 'packer');
  writeFileSync(path, `#!/bin/sh\nprintf '%s\\n' "$@" > argv\nprintf '%s' "$PKR_VAR_build_password" > told\n`, {
    mode: 0o755,
  });
  const input = windowsInput(folder, { iso: 'packer', drivers: '.' }, folder);
  const context = recordedContext({ root: folder, cwd: folder, env: { PATH: process.env.PATH } });
  const log = openLog('windows', context);
  await runPacker({
    packer: { path, version: '1.6.6', target: '1.6.6' },
    folder,
    ...input,
    env: context.env,
    log,
    progress: new BuildProgress('windows', progress(context)),
    signal: new AbortController().signal,
    onStart: () => undefined,
  });
  log.close();
  const [argv, password] = ['argv', 'told'].map((file) => readFileSync(join(folder, file), 'utf8')) as [string, string];
  expect(password).toMatch(/^Aa0-.{43}$/);
  expect(argv).toContain(`windows_iso=${path}`);
  expect(argv).not.toContain('password');
  expect(argv).not.toContain(password);
  expect(readFileSync(join(folder, 'seed', 'smbios'), 'utf8')).toBe(`watari-build-password=${password}`);
  expect(statSync(join(folder, 'seed', 'smbios')).mode & 0o777).toBe(0o600);
});

test('the firmware that Windows is installed with is looked for before anything is begun', () => {
  const present = jest.spyOn(fs, 'existsSync').mockReturnValue(false);
  const need = () => needQemu('amd64', { env: { PATH: '/nowhere' } }, 'windows');
  expect(need).toThrow(/no \/usr\/share\/ovmf\/OVMF.fd, which is the firmware.*apt-get install ovmf/);
  present.mockReturnValue(true);
  expect(need).not.toThrow('ovmf');
});
