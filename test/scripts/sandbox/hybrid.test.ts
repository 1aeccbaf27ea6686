import { describeWith, requirement } from '../../support/requirements';
import { exampleFacts } from './example-provider';
import { compileFakeProgram } from './fake-program';
import { Workbench } from './workbench';

const network = (name: string): object => ({ name, cidr: '10.0.0.0/16' });

describeWith(requirement('terraform'), 'a sandbox with a real provider', () => {
  const bench = new Workbench();
  const { provider, version, provider_config: block = {} } = exampleFacts;

  beforeAll(() => {
    const binary = compileFakeProgram(bench.folder);
    const real = { provider, version, binary, block, configuration: { region: 'made-up' }, fromStack: ['region'] };
    bench.start({ realProviders: [real] });
  });
  afterAll(() => bench.close());

  const stackWith = async (stack: string, name: string): Promise<void> => {
    bench.write({ cloud_network: { one: network(name) } }, { stack, provider: { cloud: { region: 'east' } } });
    await bench.init(stack);
  };

  it('makes what the provider planned, by what the stack says of it, and has nothing to change afterwards', async () => {
    await stackWith('planned', 'planned');
    expect((await bench.plan('planned')).output).toContain('description = "planned in east"');
    expect((await bench.apply('planned')).output).toContain('1 added');
    expect((await bench.plan('planned')).output).toContain('No changes');
    expect((await bench.destroy('planned')).output).toContain('1 destroyed');
  });

  it('refuses what the provider refuses', async () => {
    await stackWith('refused', 'refused');
    expect((await bench.plan('refused')).output).toContain('refused by the program');
  });

  it('says so and simulates where the provider dies over a question, and asks it the next', async () => {
    await stackWith('deadly', 'deadly');
    const { output } = await bench.plan('deadly');
    expect(output).toContain(`Warning: ${provider} ${version} gave no answer: this is what the sandbox simulates`);
    expect(output).toContain('description = "Made by hand"');
    await stackWith('next', 'next');
    expect((await bench.plan('next')).output).toContain('description = "planned in east"');
  });
});
