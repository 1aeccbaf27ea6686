import { Fn, Token } from 'cdktf';
import { renderCloudInit, userDataBytes, userDataProblem } from '../../constructs/cloud-init';
import type { MachineConfiguration } from '../../constructs/contract/configuration';
import { check, machineFiles, parseUserData } from '../support/machine-files';
import { describeWith, requirement } from '../support/requirements';

const machine = (change: Partial<MachineConfiguration> = {}): MachineConfiguration => ({
  hostname: 'cage-origin-s1-a',
  files: [],
  units: [],
  sysctl: { 'net.core.somaxconn': '1024', 'fs.file-max': '5' },
  firewall: [{ protocol: 'tcp', ports: [22], from: ['10.0.0.0/8'], why: 'operators' }],
  routes: [{ cidr: '10.64.0.0/10', via: '10.65.0.1' }],
  sshAuthority: 'ssh-ed25519 AAAA operators',
  commands: ['echo first', 'echo second'],
  ...change,
});

const file = (content: string, change: object = {}) => ({ path: '/etc/x', mode: '0644', content, ...change });

describe('user data', () => {
  it('is the same text each time, and installs nothing', () => {
    expect(renderCloudInit(machine())).toBe(renderCloudInit(machine()));
    expect(Object.keys(parseUserData(renderCloudInit(machine())))).toEqual([
      'hostname',
      'manage_etc_hosts',
      'ssh_pwauth',
      'write_files',
      'runcmd',
    ]);
  });

  it('leaves nothing in literal text that Terraform would take for a template', () => {
    const text = renderCloudInit(machine({ files: [file('a=${HOME:-x} %{ if y }\n')], commands: ['echo ${HOME}'] }));
    expect(text).not.toMatch(/[$%]\{/);
    expect(machineFiles(machine({ files: [file('a=${HOME:-x}\n')] }))['/etc/x']).toBe('a=${HOME:-x}\n');
  });

  it('keeps values that are known only at deployment readable for Terraform, also in a long file', () => {
    const long = '# padding\n'.repeat(2000);
    expect(renderCloudInit(machine({ files: [file(`${long}\${var.key}\n`, { tokens: true })] }))).toContain(
      '${var.key}',
    );
    const token = Token.asString(Fn.upper('x'));
    expect(renderCloudInit(machine({ files: [file(`${long}${token}\n`)] }))).toContain(token);
  });

  it('is plain while it is small and compressed when it is large', () => {
    const large = machine({ files: [file('worker_processes auto;\n'.repeat(2000))] });
    expect(renderCloudInit(machine({ files: [file('worker_processes auto;\n'.repeat(100))] }))).not.toContain(
      'encoding',
    );
    expect(userDataBytes(renderCloudInit(large))).toBeLessThan(4000);
    expect(machineFiles(large)['/etc/x']).toBe('worker_processes auto;\n'.repeat(2000));
  });

  it('writes files of other users late', () => {
    const text = renderCloudInit(machine({ files: [file('x\n', { owner: 'frr:frr' })] }));
    expect(parseUserData(text).write_files.find(({ path }) => path === '/etc/x')).toMatchObject({
      owner: 'frr:frr',
      defer: true,
    });
  });

  it('sets the kernel up first, then runs commands, then starts the units that are no drop-ins', () => {
    const units = [{ name: 'nginx.service.d/x.conf', content: '[Service]\n' }, { name: 'nginx.service' }];
    expect(parseUserData(renderCloudInit(machine({ units }))).runcmd).toEqual([
      'systemctl daemon-reload',
      'sysctl -q --system',
      'systemctl enable nftables.service watari-routes.service',
      'systemctl restart nftables.service watari-routes.service',
      'systemctl try-reload-or-restart ssh.service',
      'echo first',
      'echo second',
      'systemctl enable nginx.service',
      'systemctl restart nginx.service',
    ]);
  });

  it('keeps its routes over a reboot', () => {
    expect(machineFiles(machine())['/etc/systemd/system/watari-routes.service']).toContain(
      'ExecStart=/sbin/ip route replace 10.64.0.0/10 via 10.65.0.1\n',
    );
  });

  it('lets operators in by certificate and nobody by password', () => {
    const files = machineFiles(machine());
    expect(files['/etc/ssh/sshd_config.d/10-watari.conf']).toContain('PasswordAuthentication no');
    expect(files['/etc/ssh/watari-authority.pub']).toBe('ssh-ed25519 AAAA operators\n');
  });

  it('names no machine where one template makes many', () => {
    expect(renderCloudInit(machine({ hostname: '' }))).not.toContain('hostname');
  });
});

describe('the limit of user data', () => {
  it('counts a value that is not known yet with 64 bytes', () => {
    expect(userDataBytes('ab ${var.a_very_long_name}')).toBe(67);
  });

  it('is a problem with both figures and a way out', () => {
    expect(userDataProblem('sites.aws', 'x'.repeat(20), 20)).toBeUndefined();
    expect(userDataProblem('sites.aws', 'x'.repeat(21), 20)).toMatchObject({
      path: 'sites.aws',
      value: 21,
      bound: '20 bytes',
      fix: expect.stringContaining('image') as string,
    });
  });
});

describeWith(requirement('cloud-init'), "cloud-init's own schema", () => {
  it('accepts a machine with everything in it', () => {
    const text = renderCloudInit(
      machine({ files: [file('a ${x}\n'), file('b\n', { path: '/etc/y', owner: 'frr:frr' })] }),
    );
    expect(check('cloud-init', ['schema', '-c', '{}/user-data'], { 'user-data': text })).toMatchObject({ ok: true });
  });
});
