import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findRealProviders } from '../../../scripts/sandbox/real/providers';
import { parseCliConfiguration } from '../../../scripts/sandbox/real/cli-configuration';

const root = join(__dirname, '..', '..', '..');
const platform = `${process.platform}_${process.arch === 'x64' ? 'amd64' : process.arch}`;

describe('real providers on a machine', () => {
  const folder = mkdtempSync(join(tmpdir(), 'watari-test-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const put = (mirror: string, address: string, version: string): string => {
    const place = join(folder, mirror, 'registry.terraform.io', address, version, platform);
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, 'terraform-provider-some'), '');
    return join(place, 'terraform-provider-some');
  };
  const find = (env: Record<string, string>): ReturnType<typeof findRealProviders> =>
    findRealProviders({ root, cwd: folder, env: { HOME: join(folder, 'home'), XDG_DATA_DIRS: folder, ...env } });
  const noteOf = (env: Record<string, string>, title: string): string =>
    find(env).notes.find((text) => text.startsWith(title)) ?? '';

  it('are found where Terraform would look', () => {
    const cached = put('cache', 'hashicorp/aws', '5.100.0');
    expect(find({}).providers).toEqual([]);
    expect(find({ TF_PLUGIN_CACHE_DIR: 'cache' }).providers).toMatchObject([
      { provider: 'hashicorp/aws', binary: cached },
    ]);
    const usual = put('home/.terraform.d/plugins', 'canonical/maas', '2.4.0');
    expect(find({}).providers).toMatchObject([{ provider: 'canonical/maas', binary: usual }]);
    const mirrored = put('mirror', 'hashicorp/google', '6.50.0');
    const mirror = `filesystem_mirror {\n path = ${JSON.stringify(join(folder, 'mirror'))}\n }`;
    writeFileSync(join(folder, 'rc'), `provider_installation {\n ${mirror}\n}\n`);
    const env = { TF_CLI_CONFIG_FILE: join(folder, 'rc') };
    expect(find(env).providers).toMatchObject([{ provider: 'hashicorp/google', binary: mirrored }]);
  });

  it('are those of the facts only: another version is said to be there, and not asked', () => {
    put('others', 'hashicorp/aws', '6.0.0');
    expect(noteOf({ WATARI_PLUGIN_DIRS: join(folder, 'others') }, 'hashicorp/aws')).toBe(
      'hashicorp/aws 5.100.0 is simulated: only another version is here (6.0.0).',
    );
  });

  it('are not those that ask a device before they answer', () => {
    put('devices', 'f5networks/bigip', '1.28.0');
    const env = { WATARI_PLUGIN_DIRS: join(folder, 'devices') };
    expect(noteOf(env, 'F5Networks/bigip')).toContain('is simulated: when it is configured it asks its device');
    expect(find(env).providers.map(({ provider }) => provider)).not.toContain('F5Networks/bigip');
  });

  it('are left to the registry where a mirror is not for them', () => {
    put('narrow', 'hashicorp/aws', '5.100.0');
    const rules = { include: 'include = ["hashicorp/*"]', exclude: 'exclude = ["hashicorp/*"]' };
    const found = Object.entries(rules).map(([name, rule]) => {
      const path = JSON.stringify(join(folder, 'narrow'));
      writeFileSync(
        join(folder, name),
        `provider_installation {\n filesystem_mirror {\n path = ${path}\n ${rule}\n }\n}\n`,
      );
      return find({ TF_CLI_CONFIG_FILE: join(folder, name) }).providers.length;
    });
    expect(found).toEqual([1, 0]);
  });

  it('are named by what the configuration says, not by what it says no more', () => {
    const text = '# plugin_cache_dir = "/old"\nplugin_cache_dir = "/new" // here\n';
    expect(parseCliConfiguration(text)).toEqual({ cache: '/new' });
  });
});
