import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DeployReport } from '../deploy/report';
import { Cloud } from '../sandbox/cloud';
import { listObjects, type ListedObject } from '../sandbox/control';
import { sandboxPlace } from '../sandbox/place';
import { launchWatari, type WatariAnswer } from './launch';

type Environment = Readonly<Record<string, string | undefined>>;

/** Topologies deployed into simulated clouds of their own, through the CLI as a user runs it. */
export interface Rehearsal {
  /** Additions to the environment of every command: where everything is kept. */
  readonly env: Environment;
  watari(args: readonly string[]): Promise<WatariAnswer>;
  /** `watari deploy --sandbox --json` of a topology as plain data. @param code what it must answer. @default 0 */
  deploy(topology: Named, args?: readonly string[], code?: number): Promise<DeployReport>;
  /** Writes a topology as `--topology` takes it. Returns the file. */
  write(topology: Named): string;
  /** What Terraform made, and the cloud for it, and that still exists. */
  objects(topology: Named): readonly ListedObject[];
  /** The cloud itself, to be tampered with. */
  tamper<T>(topology: Named, change: (cloud: Cloud) => T): T;
}

interface Named {
  readonly name: string;
}

/** What a run changed, one line for each stack. */
export const changesIn = ({ stacks }: DeployReport): string[] =>
  stacks.filter(({ changed }) => changed).map(({ stack, summary }) => `${stack}: ${summary}`);

type Run = (args: readonly string[], env: Environment) => Promise<WatariAnswer>;

/**
 * @param root of the checkout
 * @param home where clouds, states and topologies are kept
 * @param run how `watari` is run. @default as a process of its own
 */
export function rehearsal(
  root: string,
  home: string,
  run: Run = (args, env) => launchWatari(root, args, env).answer,
): Rehearsal {
  mkdirSync(home, { recursive: true });
  const env = { WATARI_HOME: home };
  const watari: Rehearsal['watari'] = (args) => run(args, env);
  const write = (topology: Named): string => writeTopology(home, topology);
  const tamper: Rehearsal['tamper'] = ({ name }, change) => withCloud(sandboxPlace(home, name).cloudFile, change);
  const deploy: Rehearsal['deploy'] = async (topology, args = [], code = 0) => {
    const answer = await watari(['deploy', '--sandbox', '--json', '--topology', write(topology), ...args]);
    if (answer.code !== code) throw new Error(`deploy answered ${answer.code}:\n${answer.stderr}\n${answer.stdout}`);
    return JSON.parse(answer.stdout) as DeployReport;
  };
  return { env, watari, deploy, write, tamper, objects: (topology) => tamper(topology, listObjects) };
}

function withCloud<T>(file: string, use: (cloud: Cloud) => T): T {
  const cloud = new Cloud(file);
  try {
    return use(cloud);
  } finally {
    cloud.close();
  }
}

function writeTopology(home: string, topology: Named): string {
  const file = join(home, `${topology.name}.json`);
  writeFileSync(file, `${JSON.stringify(topology, null, 2)}\n`);
  return file;
}
