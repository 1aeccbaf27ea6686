import { writeApp } from '../../../stacks/app';
import { generatedStacks } from './stacks';

/** What `watari` does with the same stacks. Arguments: folder, stacks, resources. */
export function main([outdir = '', stacks = '', resources = '']: readonly string[]): Promise<number> {
  writeApp(outdir, generatedStacks(Number(stacks), Number(resources)));
  return Promise.resolve(0);
}
