import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { plantStacks, type Plantation } from '../../../../scripts/sandbox/plant/plant';
import { applyReally } from '../../../../scripts/sandbox/plant/real-apply';
import { prepareInSandbox } from '../../../../scripts/sandbox/run';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../../../scripts/sandbox/server';
import { terraformEnvironment } from '../../../../scripts/terraform/environment';
import { terraformBinary } from '../../../support/programs';
import { exampleFacts, exampleSimulation } from '../example-provider';
import { run, type Result } from '../workbench';

interface Resource {
  readonly mode: string;
  readonly type: string;
  readonly name: string;
  readonly provider: string;
  readonly instances: readonly Readonly<Record<string, unknown>>[];
}

export interface StateFile {
  readonly outputs: Readonly<Record<string, { readonly value: unknown; readonly type: unknown }>>;
  readonly resources: readonly Resource[];
}

/** A folder with a cloud and the states of stacks. */
export interface Plot {
  readonly home: string;
  readonly sandbox: Sandbox;
}

/** Stacks, and places in which they are planted or applied by the real Terraform. */
export class Nursery {
  readonly folder = mkdtempSync(join(tmpdir(), 'watari-nursery-'));
  readonly env = { ...terraformEnvironment(process.env).env, TF_VAR_given: 'from the environment' };
  private readonly plots: Plot[] = [];

  /** Writes a stack of the example provider; returns its id and folder. */
  write(id: string, configuration: object): { readonly id: string; readonly folder: string } {
    const folder = join(this.folder, 'stacks', id);
    mkdirSync(folder, { recursive: true });
    const required_providers = { cloud: { source: 'example/cloud' } };
    const terraform = { required_providers, backend: { gcs: { bucket: 'states', prefix: id } } };
    writeFileSync(join(folder, 'cdk.tf.json'), JSON.stringify({ terraform, ...configuration }));
    return { id, folder };
  }

  plot(name: string, options: Partial<SandboxOptions> = {}): Plot {
    const home = join(this.folder, name);
    mkdirSync(home, { recursive: true });
    const defaults = { cloudFile: join(home, 'cloud.json'), simulations: [exampleSimulation], facts: [exampleFacts] };
    const plot = { home, sandbox: startSandbox({ ...defaults, ...options }) };
    this.plots.push(plot);
    return plot;
  }

  plant(plot: Plot, stacks: readonly { readonly id: string; readonly folder: string }[]): Promise<Plantation> {
    return plantStacks({ ...plot, stacks, env: this.env, terraform: this.terraform });
  }

  /** By Terraform alone, one after the other. Throws what it says when it fails. */
  async apply(plot: Plot, stacks: readonly { readonly folder: string }[]): Promise<void> {
    for (const { folder } of stacks) {
      const error = await applyReally({ ...plot, env: this.env, terraform: this.terraform }, folder);
      if (error !== undefined) throw new Error(error);
    }
  }

  /** Exit code 0: nothing to change; 2: changes. */
  async plan({ home, sandbox }: Plot, folder: string): Promise<Result> {
    const { cwd, env: changes } = await prepareInSandbox(sandbox, folder, { home, env: this.env });
    const env = Object.fromEntries(Object.entries({ ...this.env, ...changes }).filter(([, value]) => value !== null));
    await run(this.terraform, ['init', '-input=false', '-no-color'], cwd, env as Record<string, string>);
    const args = ['plan', '-detailed-exitcode', '-input=false', '-no-color'];
    return run(this.terraform, args, cwd, env as Record<string, string>);
  }

  async close(): Promise<void> {
    await Promise.all(this.plots.map(({ sandbox }) => sandbox.close()));
    rmSync(this.folder, { recursive: true, force: true });
  }

  private get terraform(): string {
    return terraformBinary() ?? 'terraform';
  }
}

/** The states of a folder by file, without what is different in every run; paths count from the folder. */
export function statesIn(home: string): Readonly<Record<string, StateFile>> {
  const names = readdirSync(join(home, 'states')).filter((name) => name.endsWith('.tfstate'));
  const entries = names.sort().map((name) => {
    const text = readFileSync(join(home, 'states', name), 'utf8').replaceAll(home, '');
    const { outputs, resources } = JSON.parse(text) as StateFile;
    return [name, { outputs, resources: resources.map(comparable) }] as const;
  });
  return Object.fromEntries(entries);
}

/** Ids of `terraform_data` are random; Terraform writes sensitive paths in any order. */
function comparable(resource: Resource): Resource {
  const instances = resource.instances.map((instance) => {
    const { attributes, sensitive_attributes: sensitive } = instance as {
      readonly attributes: Readonly<Record<string, unknown>>;
      readonly sensitive_attributes: readonly unknown[];
    };
    const id = resource.type === 'terraform_data' ? { id: '' } : {};
    const sorted = sensitive.map((path) => JSON.stringify(path)).sort();
    return { ...instance, attributes: { ...attributes, ...id }, sensitive_attributes: sorted };
  });
  return { ...resource, instances };
}

/** What is in a cloud, without who put it there in which run. */
export function objectsIn({ cloud }: Sandbox): readonly object[] {
  return cloud
    .refresh()
    .objects.all()
    .filter(({ origin }) => origin !== 'seed')
    .map((object) => ({ ...object, session: '', isKnown: true }));
}
