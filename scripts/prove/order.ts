import { existsSync, readFileSync, statSync } from 'node:fs';
import type { Entry } from '../sandbox/cloud';
import type { CloudObject } from '../sandbox/objects';

/** What happened to one object of a stack in a simulated cloud, whatever the report says of it. */
export interface Happening {
  readonly kind: 'create' | 'update' | 'destroy';
  /** The stack that owns it. */
  readonly stack: string;
  readonly type: string;
  readonly name: string;
}

/** Where a cloud's file ends now. Only later lines are told of. */
export interface Mark {
  readonly inode: number;
  readonly lines: number;
}

export const markOf = (cloudFile: string): Mark => ({
  inode: statSync(cloudFile).ino,
  lines: linesOf(cloudFile).length,
});

/**
 * What Terraform has done in a cloud since the mark, in the order in which the cloud did it.
 * @throws Error when the file was rewritten since: the order is lost then
 */
export function happeningsSince(cloudFile: string, { inode, lines }: Mark): Happening[] {
  if (!existsSync(cloudFile) || statSync(cloudFile).ino !== inode) throw new Error(`${cloudFile} was rewritten`);
  const objects = new Map<string, CloudObject>();
  return linesOf(cloudFile).flatMap((line, index) => {
    const found = replay(objects, JSON.parse(line) as Entry);
    return index < lines ? [] : found;
  });
}

const linesOf = (file: string): string[] => readFileSync(file, 'utf8').split('\n').filter(Boolean);

/** In the order of an entry: first what goes, then what comes. */
function replay(objects: Map<string, CloudObject>, { drop = [], put = [] }: Entry): Happening[] {
  const gone = drop.flatMap((key) => {
    const object = objects.get(key);
    objects.delete(key);
    return object ? happening('destroy', object) : [];
  });
  const come = put.flatMap((object) => {
    const former = objects.get(object.key);
    objects.set(object.key, object);
    if (!former) return happening('create', object);
    return JSON.stringify(former.attributes) === JSON.stringify(object.attributes) ? [] : happening('update', object);
  });
  return [...gone, ...come];
}

function happening(kind: Happening['kind'], { type, owner, origin, attributes }: CloudObject): Happening[] {
  const name = attributes['name'] ?? attributes['hostname'];
  return origin === 'terraform' ? [{ kind, type, stack: owner, name: typeof name === 'string' ? name : '' }] : [];
}
