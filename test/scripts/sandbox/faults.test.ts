import { join } from 'node:path';
import { clearFaults, injectFault, listObjects } from '../../../scripts/sandbox/control';
import type { Sandbox } from '../../../scripts/sandbox/server';
import { describeWith, requirement } from '../../support/requirements';
import { terraformBinary } from '../../support/programs';
import { run, Workbench } from './workbench';

const machines = Object.fromEntries(
  Array.from({ length: 10 }, (_, at) => [`m${at}`, { name: `m${at}`, network_id: '${cloud_network.net.id}' }]),
);
const platform = { cloud_network: { net: { name: 'net', cidr: '10.1.0.0/24' } }, cloud_machine: machines };

describeWith(requirement('terraform'), 'a cloud that fails on purpose', () => {
  let bench: Workbench;
  let sandbox: Sandbox;

  beforeEach(async () => {
    bench = new Workbench();
    sandbox = bench.start();
    bench.write(platform);
    await bench.init();
  });
  afterEach(() => bench.close());

  const failures = (output: string): readonly string[] => output.match(/with cloud_machine\.m\d/g) ?? [];

  it('fails for the same objects whatever the order, and not for ever', async () => {
    const fault = {
      kind: 'fail',
      types: ['cloud_machine'],
      probability: 0.4,
      seed: 'x',
      message: 'Error 503',
    } as const;
    injectFault(sandbox.cloud, { id: 'now-and-then', ...fault });
    const first = failures((await bench.apply('stack', '-parallelism=3')).output);
    expect(first.length).toBeGreaterThan(0);
    expect(first.length).toBeLessThan(10);

    const other = new Workbench();
    injectFault(other.start().cloud, { id: 'now-and-then', ...fault });
    other.write(platform);
    await other.init();
    expect([...failures((await other.apply()).output)].sort()).toEqual([...first].sort());
    await other.close();

    for (let round = 0; round < 10 && (await bench.plan()).code === 2; round++) await bench.apply();
    expect(await bench.plan()).toMatchObject({ code: 0 });
    expect(listObjects(sandbox.cloud)).toHaveLength(11);
  });

  it('is slow when told to, and lets Terraform go when it is interrupted', async () => {
    injectFault(sandbox.cloud, { id: 'slow', kind: 'slow', types: ['cloud_network'], seconds: 30 });
    const args = ['apply', '-auto-approve', '-input=false', '-no-color'];
    const start = Date.now();
    const result = await run(
      terraformBinary() ?? '',
      args,
      join(bench.folder, 'stack'),
      await sandbox.env('stack'),
      1500,
    );
    expect(Date.now() - start).toBeLessThan(10_000);
    expect(result.output).toContain('operation cancelled');
    clearFaults(sandbox.cloud, 'slow');
    expect((await bench.apply()).output).toContain('11 added');
  });

  it('hits only the objects that it is told to hit', async () => {
    injectFault(sandbox.cloud, {
      id: 'one',
      kind: 'fail',
      types: ['cloud_m*'],
      operations: ['create'],
      where: { name: 'm4' },
    });
    expect(failures((await bench.apply()).output)).toEqual(['with cloud_machine.m4']);
  });
});
