import { readFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { BuilderSource } from '../../../images/kit/linux-template';
import { resolveImage } from '../../../images/kit/resolve';
import { type StagedImage, stageImage } from '../../../images/kit/staging';
import { createBuildPassword } from '../../../images/kit/windows-password';
import { windowsTemplate } from '../../../images/kit/windows-template';
import { type Target, render, write } from '../../../images/packer-ts-helpers/src';
import description from '../../../images/windows-drm';
import { describeWith, requirement } from '../../support/requirements';
import { commandsOf, errorsOf, parse } from './powershell';
import { images } from './scripts';

const debian = JSON.parse(readFileSync(join(images, 'kit', 'debian.json'), 'utf8'));
const given = Object.fromEntries(
  Object.keys(description.inputs!).map((name) => [
    name,
    name.endsWith('url') ? 'https://files.example/x' : '0'.repeat(64),
  ]),
);

function stage(base = description.base, inputs: Record<string, string> = given): StagedImage {
  const image = resolveImage({ 'windows-drm': { ...description, base } }, 'windows-drm');
  const read = (path: string) => (existsSync(join(images, path)) ? readFileSync(join(images, path)) : undefined);
  const staged = stageImage({ image, variant: 'amd64', read, given: inputs, bases: [], debian });
  if ('problems' in staged) throw new Error(JSON.stringify(staged.problems));
  return staged;
}

/** Plain sources, as adapters give them. */
const sources: readonly BuilderSource[] = [
  {
    type: 'amazon-ebs',
    name: 'tokyo',
    body: {
      region: 'ap-northeast-1',
      access_key: 'AKIAFAKE',
      secret_key: 'fake',
      skip_region_validation: true,
      instance_type: 'm7i.xlarge',
      ami_name: 'watari-windows-drm',
      source_ami: 'ami-12345678',
    },
  },
  {
    type: 'googlecompute',
    name: 'tokyo',
    body: {
      project_id: 'p',
      zone: 'asia-northeast1-a',
      source_image: 'windows-server-2022-dc-core-v20251112',
      image_name: 'watari-windows-drm',
      metadata: { owner: 'watari' },
    },
  },
  {
    type: 'cloudstack',
    name: 'cage',
    body: {
      api_url: 'https://cloud.example/client/api',
      api_key: 'k',
      secret_key: 's',
      network: 'n',
      zone: 'z',
      service_offering: 'o',
      source_template: 'Windows Server 2022',
      template_os: 'Windows Server 2022 (64-bit)',
    },
  },
  { type: 'qemu', name: 'disk', body: {} },
];

interface Rendered {
  source: Record<string, Record<string, Record<string, unknown>>>;
  build: { provisioner: Record<string, Record<string, unknown>>[] }[];
}

function rendered(of: readonly BuilderSource[] = sources, target: Target = '1.6.6'): Rendered {
  const files = render(windowsTemplate(stage(), of, target), { target, command: 'test' });
  return JSON.parse(files.get('build.pkr.json')!) as Rendered;
}

const only = (type: string) => sources.filter((one) => one.type === type);
const sourceOf = (type: string, target?: Target) => Object.values(rendered(only(type), target).source[type]!)[0]!;
const stepsOf = (of: readonly BuilderSource[]) => [rendered(of).build].flat()[0]!.provisioner;

describe('how Packer reaches Windows', () => {
  it.each(sources.map(({ type }) => type))(
    'on %s over TLS, with no basic authentication and a bounded wait',
    (type) => {
      expect(sourceOf(type)).toMatchObject({
        communicator: 'winrm',
        winrm_port: 5986,
        winrm_use_ssl: true,
        winrm_use_ntlm: true,
        winrm_timeout: expect.stringMatching(/^\d+[mh]$/) as string,
      });
    },
  );

  it('waits for passwords longer than builders do by themselves, and not for ever', () => {
    expect(sourceOf('amazon-ebs')).toMatchObject({ windows_password_timeout: '20m' });
    expect(sourceOf('googlecompute', 'current')).toMatchObject({ windows_password_timeout: '15m' });
    expect(sourceOf('googlecompute')).toMatchObject({ state_timeout: '15m' });
  });

  it('starts EC2 with a script that its agent takes for one', () => {
    const { user_data_file: file } = sourceOf('amazon-ebs') as { user_data_file: string };
    const content = String(stage().files.get(file));
    expect(content).toMatch(/^<powershell>\n[\s\S]*New-SelfSignedCertificate[\s\S]*\n<\/powershell>\n$/);
  });

  it('starts cloudbase-init with a script that it takes for one', () => {
    const { user_data_file: file } = sourceOf('cloudstack') as { user_data_file: string };
    expect(String(stage().files.get(file))).toMatch(/^#ps1_sysnative\n/);
  });

  it('leaves a template in which CloudStack sets no password', () => {
    expect(sourceOf('cloudstack')).toMatchObject({ template_password_enabled: false });
  });

  it("keeps an adapter's own metadata beside the script for Google's agent", () => {
    expect(sourceOf('googlecompute')).toMatchObject({
      metadata: { owner: 'watari' },
      metadata_files: { 'sysprep-specialize-script-ps1': 'windows/listen.ps1' },
    });
  });
});

describe('the password of a build with QEMU', () => {
  it('comes by a sensitive variable, and reaches the machine by its SMBIOS table', () => {
    const template = rendered(only('qemu')) as unknown as { variable: Record<string, { sensitive?: boolean }> };
    expect([template.variable].flat()[0]!.build_password).toMatchObject({ sensitive: true });
    expect(sourceOf('qemu').winrm_password).toBe('${var.build_password}');
    expect(sourceOf('qemu').qemuargs).toContainEqual(['-smbios', 'type=11,path=${var.build_smbios}']);
  });

  it('is in no file that is staged', () => {
    const password = createBuildPassword();
    for (const [, content] of stage().files)
      expect(String(content)).not.toContain(password.environment.PKR_VAR_build_password!);
  });

  it('is another for each build, and strong enough for Windows', () => {
    const [one, other] = [createBuildPassword(), createBuildPassword()];
    expect(one.smbios).not.toBe(other.smbios);
    expect(one.smbios).toBe(`watari-build-password=${one.environment.PKR_VAR_build_password}`);
    expect(one.environment.PKR_VAR_build_password).toMatch(/^Aa0-[\w-]{43}$/);
  });

  it('leaves the devices of the builder alone', () => {
    const given = (sourceOf('qemu').qemuargs as string[][]).map(([name]) => name);
    expect(given).not.toContain('-device');
    expect(given).not.toContain('-drive');
  });
});

describe('the steps', () => {
  it('are bounded, every one of them', () => {
    for (const step of stepsOf(sources)) {
      const [attributes] = Object.values(step) as [Record<string, unknown>];
      expect([step, attributes.timeout]).toEqual([step, expect.stringMatching(/^\d+m$/)]);
      if ('windows-restart' in step) expect(attributes.restart_timeout).toMatch(/^\d+m$/);
    }
  });

  it('update Windows in three rounds, a restart after each, without a plugin', () => {
    const kinds = stepsOf(sources)
      .slice(0, 6)
      .map((step) => Object.keys(step)[0]);
    expect(kinds).toEqual(Array(3).fill(['powershell', 'windows-restart']).flat());
  });

  it('check what runs, clean up, check what is left, and only then generalize and close', () => {
    const scripts = stepsOf(only('qemu')).flatMap(({ powershell }) =>
      [powershell?.scripts ?? powershell?.script ?? []].flat(),
    );
    const order = ['checks/running', 'windows/clean', 'checks/sealed', 'windows/generalize', 'windows/close'];
    expect(scripts.slice(-6)).toEqual([order[0], 'windows/manifest', ...order.slice(1)].map((name) => `${name}.ps1`));
  });

  it('have the machine of EC2 stopped by sysprep, not by Packer', () => {
    expect(sourceOf('amazon-ebs')).toMatchObject({ disable_stop_instance: true, aws_polling: { max_attempts: 240 } });
  });

  it('wait for the last door to close where the builder takes the disk at once', () => {
    const waiting = stepsOf(sources).filter((step) => 'shell-local' in step);
    expect(waiting).toHaveLength(1);
    expect(waiting[0]!['shell-local']).toMatchObject({
      inline: ['bash windows/wait-for-closing.sh ${build.Host} ${build.Port} 2400'],
      only: ['googlecompute.tokyo', 'cloudstack.cage'],
    });
    expect(stepsOf(only('qemu')).some((step) => 'shell-local' in step)).toBe(false);
  });

  it('name the account that the last step removes', () => {
    const closing = stepsOf(sources).filter(({ powershell }) => powershell?.script === 'windows/close.ps1');
    expect(closing.map(({ powershell }) => [powershell!.only, powershell!.environment_vars])).toEqual([
      [['amazon-ebs.tokyo'], ['WATARI_BUILD_USER=Administrator']],
      [['googlecompute.tokyo'], ['WATARI_BUILD_USER=watari-build']],
      [['cloudstack.cage'], ['WATARI_BUILD_USER=Administrator']],
      [['qemu.disk'], ['WATARI_BUILD_USER=watari-build']],
    ]);
  });
});

describe('another release of Windows', () => {
  it('is one value: the base', () => {
    const answers = (base: string) => String(stage(base).files.get('windows/autounattend.xml'));
    expect(answers('windows-server-2022')).toContain('<Value>Windows Server 2022 SERVERSTANDARDCORE</Value>');
    expect(answers('windows-server-2025')).toContain('<Value>Windows Server 2025 SERVERSTANDARDCORE</Value>');
    expect(stage('windows-server-2025').contentId).not.toBe(stage().contentId);
  });
});

describe('checks as a script', () => {
  it.each(['checks/running.ps1', 'checks/sealed.ps1'])('%s is PowerShell that stops at errors', async (path) => {
    const script = String(stage().files.get(path));
    const node = await parse(script);
    expect(errorsOf(node)).toEqual([]);
    expect(script).toContain("$ErrorActionPreference = 'Stop'");
    expect(commandsOf(node).filter(({ name }) => name === 'Test-Check').length).toBeGreaterThan(5);
  });

  it('plans as many as it has', () => {
    const script = String(stage().files.get('checks/running.ps1'));
    expect(script).toContain(`'1..${script.match(/^Test-Check -What/gm)!.length}'`);
  });

  it('uploads every script that a check runs', () => {
    const staged = stage();
    const run = String(staged.files.get('checks/running.ps1')).match(/(?<=& "\$work\\)[^"]+/g)!;
    const folders = stepsOf(only('qemu')).map(({ file }) => file?.source);
    for (const path of run.map((one) => one.replaceAll('\\', '/'))) {
      expect(staged.files.has(path)).toBe(true);
      expect(folders).toContain(path.split('/')[0]);
    }
  });
});

describeWith(requirement('packer'), 'the real Packer', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'watari-windows-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function validate(of: readonly BuilderSource[], staged = stage()) {
    write(folder, render(windowsTemplate(staged, of, '1.6.6'), { target: '1.6.6', command: 'test' }));
    for (const [path, content] of staged.files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    mkdirSync(join(folder, 'drivers'), { recursive: true });
    const env = { ...process.env, PACKER_NO_COLOR: '1', CHECKPOINT_DISABLE: '1' };
    const { status, stdout, stderr } = spawnSync('packer', ['validate', 'build.pkr.json'], {
      cwd: folder,
      encoding: 'utf8',
      env,
    });
    return { ok: status === 0, output: `${stdout}${stderr}` };
  }

  it.each(sources.map((one) => [one.type, one] as const))('accepts Windows on %s', (_type, one) => {
    expect(validate([one])).toMatchObject({ ok: true });
  });

  it('accepts all builders in one template, and Windows Server 2025', () => {
    expect(validate(sources, stage('windows-server-2025'))).toMatchObject({ ok: true });
  });

  it('asks for an installer whose address nobody has given', () => {
    const { hosting_bundle_url: _, ...others } = given;
    expect(validate(only('qemu'), stage(description.base, others))).toEqual({
      ok: false,
      output: expect.stringContaining('hosting_bundle_url') as string,
    });
  });

  it('refuses a template whose script is absent', () => {
    const staged = stage();
    const files = new Map([...staged.files].filter(([path]) => path !== 'windows/generalize.ps1'));
    expect(validate(only('qemu'), { ...staged, files })).toEqual({
      ok: false,
      output: expect.stringContaining('windows/generalize.ps1') as string,
    });
  });
});
