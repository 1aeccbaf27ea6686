import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compareVersions, type FactsFile, listFacts, parseFacts } from '../facts/store';

const stampFile = '.stamp';
/** Raised when this folder writes other code from the same facts, so that old bindings are made again. */
const revision = 1;

/**
 * Writes typed cdktf bindings into `<root>/.gen/providers/<provider>/` for the providers that have no published ones:
 * the resources and data sources in `constructs/providers/<adapter>/schema/<provider>@<version>.json`, of the newest
 * version where there are several. Answers with the providers that were made; those whose facts are unchanged are left.
 */
export async function generateBindings(options: { readonly root: string }): Promise<{ generated: string[] }> {
  const generated: string[] = [];
  for (const file of newestOfEach(listFacts(options.root).filter((f) => !isPublished(options.root, f.name)))) {
    if (await generateOne(options.root, file)) generated.push(file.name);
  }
  return { generated };
}

async function generateOne(root: string, file: FactsFile): Promise<boolean> {
  const target = join(root, '.gen', 'providers', file.name);
  const stamp = stampOf(root, file);
  if (readStamp(target) === stamp) return false;
  const { emitBindings } = await loadGenerator();
  mkdirSync(join(root, '.gen', 'providers'), { recursive: true });
  const draft = mkdtempSync(join(root, '.gen', `.${file.name}-`));
  try {
    await emitBindings(parseFacts(file), draft);
    writeFileSync(join(draft, stampFile), stamp);
    swap(draft, target, () => readStamp(target) === stamp);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return true;
}

/**
 * Loads cdktf's generator, late because it takes a quarter of a second and most runs find nothing to make.
 * As it loads it runs Terraform, and reports home when there is none: it needs neither.
 */
async function loadGenerator(): Promise<typeof import('./emit')> {
  const binary = process.env['TERRAFORM_BINARY_NAME'];
  process.env['CHECKPOINT_DISABLE'] = '1';
  process.env['TERRAFORM_BINARY_NAME'] = 'true';
  try {
    return await import('./emit');
  } finally {
    if (binary === undefined) delete process.env['TERRAFORM_BINARY_NAME'];
    else process.env['TERRAFORM_BINARY_NAME'] = binary;
  }
}

/** Puts the finished folder in place at once, so that nobody sees half of it; another run that was quicker wins. */
function swap(draft: string, target: string, alreadyDone: () => boolean): void {
  const old = `${draft}.old`;
  try {
    if (existsSync(target)) renameSync(target, old);
    renameSync(draft, target);
  } catch (error) {
    if (!alreadyDone()) throw error;
  } finally {
    rmSync(old, { recursive: true, force: true });
  }
}

function stampOf(root: string, file: FactsFile): string {
  const generator = readPackage(join(root, 'node_modules', '@cdktf', 'provider-generator'))?.version ?? '';
  return createHash('sha256').update(`${revision}\n${generator}\n${file.version}\n${file.text}`).digest('hex');
}

function readStamp(folder: string): string | undefined {
  const path = join(folder, stampFile);
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

function newestOfEach(files: readonly FactsFile[]): FactsFile[] {
  const newest = new Map<string, FactsFile>();
  for (const file of files) {
    const other = newest.get(file.name);
    if (!other || compareVersions(other.version, file.version) < 0) newest.set(file.name, file);
  }
  return [...newest.values()].sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

function isPublished(root: string, provider: string): boolean {
  return `@cdktf/provider-${provider}` in (readPackage(root)?.dependencies ?? {});
}

interface Package {
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

function readPackage(folder: string): Package | undefined {
  const path = join(folder, 'package.json');
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Package) : undefined;
}
