import { gzipSync } from 'node:zlib';
import { stringify } from 'yaml';
import { renderCloudInit } from '../../../../constructs/cloud-init';
import { attributeChanges } from '../../../../scripts/review/values/diff';
import { renderUserData } from '../../../../scripts/review/values/user-data';

const base64 = (text: string | Buffer) => Buffer.from(text).toString('base64');
const config = (content: string, more: object = {}) =>
  `#cloud-config\n${stringify({ write_files: [{ path: '/etc/live.conf', permissions: '0644', content, ...more }], runcmd: ['systemctl restart live'] })}`;
const changed = (before: string, after: string, name = 'user_data') =>
  attributeChanges({ type: 'aws_instance', before: { [name]: before }, after: { [name]: after } })[0];

describe('User data', () => {
  it('is shown as the files that it makes, however it is packed', () => {
    const [before, after] = [config('port 80\n'), config('port 443\n')];
    const file = { file: '/etc/live.conf', change: 'changed', diff: '@@ -1,1 +1,1 @@\n-port 80\n+port 443' };
    const packings: ((text: string) => string)[] = [(text) => text, base64, (text) => base64(gzipSync(text))];
    for (const pack of packings) expect(changed(pack(before), pack(after))?.files).toEqual([file]);
    expect(changed(base64(before), base64(after), 'user_data_base64')?.files).toEqual([file]);
    expect(changed(before, base64(gzipSync(after)), 'custom_data')?.files).toEqual([file]);
  });

  it('is the same where only the encoding of a file differs', () => {
    const plain = config('port 80\n');
    const packed = config(base64(gzipSync('port 80\n')), { encoding: 'gz+b64' });
    expect(changed(plain, packed)).toBeUndefined();
  });

  it('of this project is read', () => {
    const text = renderCloudInit({
      hostname: 'cage-edge', files: [{ path: '/etc/a', mode: '0600', content: 'A=${B}\n' }], units: [], sysctl: { 'net.a': '1' },
      firewall: [], routes: [], commands: ['echo ${HOSTNAME}'],
    } as unknown as Parameters<typeof renderCloudInit>[0]); // prettier-ignore
    const files = renderUserData(base64(text));
    expect([...files.keys()]).toEqual(
      expect.arrayContaining(['/etc/a', '/etc/sysctl.d/90-watari.conf', 'cloud-config: runcmd']),
    );
    expect(files.get('/etc/a')).toBe('A=${B}\n');
    expect(files.get('cloud-config: runcmd')).toContain("echo 'echo ${HOSTNAME}' | base64 -d | sh\n");
  });

  it('shows permissions and settings that change', () => {
    const found = changed(config('x\n'), config('x\n', { permissions: '0600' }));
    expect(found?.files?.map(({ file }) => file)).toEqual(['/etc/live.conf (mode and owner)']);
    const users = changed('#cloud-config\nssh_pwauth: false\n', '#cloud-config\nssh_pwauth: true\n');
    expect(users?.files).toEqual([
      {
        file: 'cloud-config: ssh_pwauth',
        change: 'changed',
        diff: '@@ -1,1 +1,1 @@\n-ssh_pwauth: false\n+ssh_pwauth: true',
      },
    ]);
  });

  it('of several parts is read part by part', () => {
    const mime = (script: string) =>
      `Content-Type: multipart/mixed; boundary="=="\nMIME-Version: 1.0\n\n--==\nContent-Type: text/cloud-config\nContent-Transfer-Encoding: base64\n\n${base64(config('x\n'))}\n--==\nContent-Disposition: attachment; filename="run.sh"\nContent-Type: text/x-shellscript\n\n#!/bin/sh\n${script}\n--==--\n`;
    expect(changed(mime('true'), mime('false'))?.files).toEqual([
      { file: 'run.sh', change: 'changed', diff: '@@ -1,2 +1,2 @@\n #!/bin/sh\n-true\n+false' },
    ]);
  });

  it('of Windows is one file, its line ends left alone', () => {
    const script = (port: number) => `<powershell>\r\nNew-Rule ${port}\r\n</powershell>\r\n`;
    expect(changed(script(80), script(443))?.files).toEqual([
      {
        file: 'user-data.ps1',
        change: 'changed',
        diff: '@@ -1,3 +1,3 @@\n <powershell>\n-New-Rule 80\n+New-Rule 443\n </powershell>',
      },
    ]);
  });

  it('that is broken is compared as text', () => {
    expect(changed('#cloud-config\n a: [', '#cloud-config\n b: [')?.files).toEqual([
      { file: 'user data', change: 'changed', diff: expect.stringContaining('- a: [') as string },
    ]);
  });

  it('that is binary is said to be, with its size', () => {
    const bytes = (length: number, value: number) => base64(Buffer.alloc(length, value));
    const diff = (before: string, after: string) =>
      changed(config(before, { encoding: 'b64' }), config(after, { encoding: 'b64' }))?.files?.[0]?.diff;
    expect(diff(bytes(99, 0xff), bytes(120, 0xff))).toContain('-binary, 99 bytes\n');
    expect(diff(bytes(99, 0xff), bytes(99, 0xfe))).toContain('+binary, 99 bytes (another content)');
  });

  it('that unfolds to gigabytes is not unfolded', () => {
    const bomb = base64(gzipSync(Buffer.alloc(64 * 1024 * 1024)));
    expect([...renderUserData(bomb).values()]).toMatchObject([{ what: 'packed, too large to be shown' }]);
  });

  it('of which the state has a hash only is said to be so', () => {
    expect(changed('a'.repeat(40), 'b'.repeat(40))?.files?.[0]?.diff).toContain('known to the state by a hash only');
  });
});
