import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { awsMirror } from '../../scripts/facts/aws-mirror';
import { installProgram } from '../../scripts/facts/installation';
import { readUsed } from '../../scripts/facts/used';
import type { Report } from '../../scripts/review/report';
import { main } from '../../scripts/watari';
import { loadPlatform, synthesize } from '../../stacks/main';
import onlyAws from '../../stacks/topologies/only-aws';
import { recordedContext } from '../support/cli';
import { terraformBinary } from '../support/programs';
import { describeWith, requirement } from '../support/requirements';

const root = resolve(__dirname, '..', '..');

interface Draft {
  operators: { prefixes: string[] };
  sites: { aws: { number: number } };
  systems: {
    live: {
      shards: Record<string, unknown>;
      edges: { aws: { min: number; max: number } };
      edge: { egressMbps: number; drainSeconds: number };
      origin: { size: { vcpu: number; memoryGiB: number } };
    };
  };
}

/** Changes of a platform at AWS alone. */
const changes: readonly (readonly [string, (draft: Draft) => void, Report['verdict']])[] = [
  ['edges are scaled', ({ systems }) => (systems.live.edges.aws.max = 20), 'fine'],
  [
    'both origins get larger machines',
    ({ systems }) => (systems.live.origin.size = { ...systems.live.origin.size, vcpu: 16 }),
    'decide',
  ],
  ['a shard is deleted', ({ systems }) => delete systems.live.shards['s2'], 'decide'],
  ['a port is opened', ({ operators }) => (operators.prefixes = ['0.0.0.0/0']), 'decide'],
  ['the site is renumbered', ({ sites }) => (sites.aws.number = 7), 'decide'],
  ['edges drain longer', ({ systems }) => (systems.live.edge.drainSeconds = 1700), 'fine'],
];

describeWith([requirement('terraform'), requirement('aws-provider')], 'a review by the real AWS provider', () => {
  const folder = mkdtempSync(join(tmpdir(), 'watari-review-aws-'));
  let env: Record<string, string | undefined>;
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  beforeAll(async () => {
    const mirror = awsMirror(root, process.env);
    const used = readUsed(root).find(({ name }) => name === 'aws')!;
    const options = { terraform: terraformBinary() ?? '', folder: join(folder, 'program'), env: process.env };
    const binary = await installProgram(used, { ...options, pluginDirs: mirror ? [mirror] : [] });
    // <plugins>/<host>/<namespace>/<type>/<version>/<platform>/<program>
    const plugins = resolve(binary, '..', '..', '..', '..', '..', '..');
    env = {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      WATARI_HOME: join(folder, 'home'),
      WATARI_PLUGIN_DIRS: plugins,
    };
    write('base', () => undefined);
  }, 300_000);

  function write(name: string, edit: (draft: Draft) => unknown): void {
    const topology = structuredClone<unknown>(onlyAws) as Draft;
    edit(topology);
    writeFileSync(join(folder, `${name}.json`), JSON.stringify(topology));
    synthesize(loadPlatform(topology), join(folder, name), { describe: true });
  }

  const run = async (...args: string[]) => {
    const context = recordedContext({ env, cwd: folder });
    return { code: await main(args, context), ...context.written };
  };

  test.each(changes)(
    '%s: the same report as from the simulated one',
    async (_, edit, verdict) => {
      write('head', edit);
      const simulated = await run('review', 'base', 'head', '--json');
      const real = await run('review', 'base', 'head', '--json', '--hybrid');
      expect(real.stderr).toContain('hashicorp/aws 5.100.0 plans itself');
      expect(JSON.parse(real.stdout)).toEqual(JSON.parse(simulated.stdout));
      expect((JSON.parse(real.stdout) as Report).verdict).toBe(verdict);
    },
    120_000,
  );

  test('plans that Terraform has made with it are reviewed from their files', async () => {
    write('head', ({ operators }) => (operators.prefixes = ['0.0.0.0/0']));
    const topology = ['--topology', 'base.json'];
    expect((await run('deploy', '--sandbox', ...topology)).code).toBe(0);
    const files = [];
    for (const stack of ['aws-network', 'aws-live']) {
      const file = join(folder, `${stack}.json`);
      const terraform = `terraform -chdir=head/stacks/${stack}`;
      const plan = `${terraform} init -reconfigure && ${terraform} plan -refresh=false -out=reviewed.plan`;
      const words = `(${plan}) > /dev/null && ${terraform} show -json reviewed.plan > ${file}`;
      expect((await run('sandbox', '--hybrid', ...topology, '--', 'sh', '-c', words)).code).toBe(0);
      expect((JSON.parse(readFileSync(file, 'utf8')) as { format_version: string }).format_version).toMatch(/^1\./);
      files.push(file);
    }
    const { code, stdout } = await run('review', '--json', '--plan', ...files);
    const { risks, findings, source } = JSON.parse(stdout) as Report;
    expect({ code, source }).toEqual({ code: 1, source: 'plans' });
    expect(risks).toMatchObject({ created: 4, destroyed: 4, drained: 2 });
    expect(findings.filter(({ rule }) => rule === 'opening').map(({ title }) => title)).toContain(
      'aws_vpc_security_group_ingress_rule.access-edge-ssh-0-0-0-0-0 opens tcp 22 to everybody',
    );
  }, 180_000);
});
