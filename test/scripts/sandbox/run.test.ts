import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Cloud } from '../../../scripts/sandbox/cloud';
import { listObjects } from '../../../scripts/sandbox/control';
import { runInSandbox } from '../../../scripts/sandbox/run';
import { describeWith, requirement } from '../../support/requirements';
import { terraformBinary } from '../../support/programs';
import { exampleFacts, exampleSimulation } from './example-provider';
import { Workbench } from './workbench';

describeWith(requirement('terraform'), 'a command that runs in the sandbox', () => {
  let bench: Workbench;
  let home: string;

  beforeEach(() => {
    bench = new Workbench();
    home = join(bench.folder, 'home');
  });
  afterEach(() => bench.close());

  const runCommand = (
    command: readonly string[],
    cwd: string,
    variables: Record<string, string> = {},
  ): Promise<number> =>
    runInSandbox({
      ...{ cloudFile: bench.cloudFile, simulations: [exampleSimulation], facts: [exampleFacts] },
      ...{ home, terraform: terraformBinary() ?? '', command, cwd, variables },
      env: { PATH: process.env['PATH'], HOME: bench.folder, TF_CLI_CONFIG_FILE: '/nowhere' },
    });

  const synthesise = (name: string, configuration: object): string => {
    const folder = join(bench.folder, 'cdktf.out', 'stacks', name);
    mkdirSync(folder, { recursive: true });
    const required_providers = { cloud: { source: 'example/cloud', version: '1.2.3' } };
    const { terraform = {}, ...rest } = configuration as { terraform?: object };
    writeFileSync(
      join(folder, 'cdk.tf.json'),
      JSON.stringify({ terraform: { required_providers, ...terraform }, ...rest }),
    );
    return folder;
  };

  const digest = (folder: string): string =>
    createHash('sha256')
      .update(
        readdirSync(folder)
          .map((name) => `${name} ${readFileSync(join(folder, name), 'utf8')}`)
          .join('\n'),
      )
      .digest('hex');

  const bucket = (prefix: string) => ({ bucket: 'states', prefix });

  it('keeps states local whatever the backend, lets stacks read each other, and leaves what was synthesised as it was', async () => {
    const network = synthesise('site-network', {
      terraform: { backend: { gcs: bucket('network') } },
      resource: { cloud_network: { net: { name: 'net', cidr: '10.1.0.0/24' } } },
      output: { id: { value: '${cloud_network.net.id}' } },
    });
    const live = synthesise('site-live', {
      terraform: { backend: { gcs: bucket('live') } },
      data: { terraform_remote_state: { network: { backend: 'gcs', config: bucket('network') } } },
      variable: { secret: { type: 'string', sensitive: true } },
      resource: {
        cloud_machine: {
          m: {
            name: 'm',
            network_id: '${data.terraform_remote_state.network.outputs.id}',
            tags: { s: '${var.secret}' },
          },
        },
      },
    });
    const before = [digest(network), digest(live)];
    const script = 'terraform init -input=false && terraform apply -auto-approve -input=false -no-color';
    for (const folder of [network, live])
      expect(await runCommand(['sh', '-c', `(${script}) > ../log 2>&1`], folder, { secret: 's3' })).toBe(0);
    expect([digest(network), digest(live)]).toEqual(before);
    const cloud = new Cloud(bench.cloudFile);
    const [machine] = listObjects(cloud, { owner: 'site-live' });
    expect(machine?.attributes).toMatchObject({ network_id: 'networks/here/net', tags: { s: 's3' } });
    cloud.close();
    expect(readdirSync(join(home, 'states')).filter((name) => name.endsWith('.tfstate'))).toHaveLength(2);
  });

  it('makes up variables that nobody gives, the same every time', async () => {
    const stack = synthesise('one', {
      variable: { key: { type: 'string' } },
      resource: { cloud_network: { net: { name: 'net', cidr: '10.1.0.0/24', description: '${var.key}' } } },
    });
    const script =
      'terraform init -input=false && terraform apply -auto-approve -input=false && terraform plan -detailed-exitcode -input=false';
    expect(await runCommand(['sh', '-c', `(${script}) > ../log 2>&1`], stack)).toBe(0);
  });

  it('carries on from the backup when a killed Terraform left half a state', async () => {
    const resource = { cloud_network: { net: { name: 'net', cidr: '10.1.0.0/24' } } };
    const stack = synthesise('one', { resource });
    const script = 'terraform init -input=false && terraform apply -auto-approve -input=false -no-color';
    const apply = (): Promise<number> => runCommand(['sh', '-c', `(${script}) > ../log 2>&1`], stack);
    expect(await apply()).toBe(0);
    const [state = ''] = readdirSync(join(home, 'states')).filter((name) => name.endsWith('.tfstate'));
    writeFileSync(join(home, 'states', state), '{"version": 4, "resour');
    expect(await apply()).toBe(0);
    expect(readFileSync(join(bench.folder, 'cdktf.out', 'stacks', 'log'), 'utf8')).toContain('1 added, 0 changed');
    const cloud = new Cloud(bench.cloudFile);
    expect(listObjects(cloud)).toHaveLength(1);
    cloud.close();
  });

  it('ends as the command ends', async () => {
    expect(await runCommand(['sh', '-c', 'exit 3'], bench.folder)).toBe(3);
    await expect(runCommand(['no-such-program'], bench.folder)).rejects.toThrow('no-such-program');
  });
});
