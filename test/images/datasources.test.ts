import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describeWith, requirement } from '../support/requirements';

const files = join(__dirname, '..', '..', 'images', 'files', 'base');
/** Decides at boot whether cloud-init runs, and which sources of user data it looks at. */
const identify = '/usr/lib/cloud-init/ds-identify';

describeWith(requirement('cloud-init'), 'cloud-init in an image', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'watari-datasources-'));
    for (const folder of ['run/cloud-init', 'proc/1', 'dev', 'var/lib/cloud/seed', 'etc/cloud/cloud.cfg.d'])
      mkdirSync(join(root, folder), { recursive: true });
    write('etc/cloud/cloud.cfg', '');
    write('proc/cmdline', '');
    // These tests may run in a container, which no provider's machine is.
    write('bin/systemd-detect-virt', '#!/bin/sh\necho kvm\n');
    chmodSync(join(root, 'bin/systemd-detect-virt'), 0o755);
    cpSync(join(files, 'cloud.cfg'), join(root, 'etc/cloud/cloud.cfg.d/95-watari.cfg'));
    cpSync(join(files, 'ds-identify.cfg'), join(root, 'etc/cloud/ds-identify.cfg'));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };

  /** On a machine whose maker says so in its tables. */
  const bootOn = (vendor: string, product: string) => {
    write('sys/class/dmi/id/sys_vendor', `${vendor}\n`);
    write('sys/class/dmi/id/product_name', `${product}\n`);
    const PATH = `${join(root, 'bin')}:${process.env.PATH}`;
    const { status } = spawnSync(identify, ['--force'], { env: { ...process.env, PATH, PATH_ROOT: root } });
    return { runs: status === 0, found: readFileSync(join(root, 'run/cloud-init/cloud.cfg'), 'utf8') };
  };

  it.each([
    ['Google', 'Google Compute Engine', 'datasource_list: [ GCE, None ]'],
    ['Apache Software Foundation', 'CloudStack KVM Hypervisor', 'datasource_list: [ CloudStack, None ]'],
  ])('looks at one source only where %s says what it is (%s)', (vendor, product, list) => {
    const { runs, found } = bootOn(vendor, product);
    expect([runs, found]).toEqual([true, expect.stringContaining(list)]);
  });

  it('runs on a CloudStack with VMware below, which is not recognised, and asks CloudStack before the others', () => {
    const { runs, found } = bootOn('VMware, Inc.', 'VMware Virtual Platform');
    expect(runs).toBe(true);
    // Without a list of its own the configured one counts.
    expect(found).toMatch(/^di_report:/m);
    const [, configured = ''] =
      /^datasource_list: \[(.*)\]/m.exec(readFileSync(join(files, 'cloud.cfg'), 'utf8')) ?? [];
    const [first, second, third] = configured.split(', ');
    expect([first, second, third]).toEqual(['NoCloud', 'ConfigDrive', 'CloudStack']);
  });
});
