import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { trees } from './components';
import { type GoAttribute, type GoSpecs, parseGoSpecs, parseImports } from './go-spec';
import type { Release, Struct } from './merge';

/** Reads the struct `Config` of a Go package and every block that it reaches. `folder` holds the source trees. */
export function readRelease(folder: string, path: string): Release {
  const blocks: Record<string, Struct['attributes']> = {};
  const attributes = follow(folder, path, 'Config', blocks);
  return { attributes, blocks };
}

/** The attributes of a struct of the package at `path`; the structs of their blocks go into `blocks`. */
function follow(folder: string, path: string, struct: string, blocks: Record<string, Struct['attributes']>) {
  const { specs, imports } = readPackage(folder, path);
  const attributes = specs[struct];
  if (!attributes) throw new Error(`${path}: no struct ${struct}`);
  for (const attribute of Object.values(attributes)) {
    const block = blockOf(attribute);
    if (!block || blocks[block.struct]) continue;
    blocks[block.struct] = {};
    const home = block.package ? pathOf(path, imports[block.package]) : path;
    blocks[block.struct] = follow(folder, home, block.struct, blocks);
  }
  return attributes;
}

function blockOf(attribute: GoAttribute) {
  return 'block' in attribute ? attribute.block : undefined;
}

function readPackage(folder: string, path: string): { specs: GoSpecs; imports: Record<string, string> } {
  requireTree(folder, path.split('/')[0] ?? '');
  const files = readdirSync(join(folder, path)).filter((name) => name.endsWith('.hcl2spec.go'));
  const codes = files.map((name) => readFileSync(join(folder, path, name), 'utf8'));
  return {
    specs: Object.assign({}, ...codes.map(parseGoSpecs)),
    imports: Object.assign({}, ...codes.map(parseImports)),
  };
}

/** `tree/package` of a Go import path: in the importing tree if that is its repository, else in the repository's tree. */
function pathOf(from: string, goImport: string | undefined): string {
  const [, repository = '', rest = ''] = /^github\.com\/([^/]+\/[^/]+)\/(.+)$/.exec(goImport ?? '') ?? [];
  const own = from.split('/')[0] ?? '';
  const tree = [own, ...Object.keys(trees)].find((name) => trees[name as keyof typeof trees].repository === repository);
  if (!tree) throw new Error(`${from}: no source tree for ${goImport}`);
  return `${tree}/${rest}`;
}

function requireTree(folder: string, name: string): void {
  if (existsSync(join(folder, name))) return;
  const { repository, tag } = trees[name as keyof typeof trees];
  throw new Error(`${join(folder, name)} is absent: clone https://github.com/${repository} at ${tag} there`);
}
