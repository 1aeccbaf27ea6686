import { join } from 'node:path';

/** Where the simulated cloud of a topology, the states of its stacks and their work folders are kept. */
export interface SandboxPlace {
  readonly home: string;
  readonly cloudFile: string;
}

export function sandboxPlace(home: string, topology: string): SandboxPlace {
  const folder = join(home, 'sandbox', topology);
  return { home: folder, cloudFile: join(folder, 'cloud.json') };
}
