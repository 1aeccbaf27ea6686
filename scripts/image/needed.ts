import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type ImageReference, type PackerSource, imageBuildCommand, imageName } from '../../constructs/contract/image';
import type { Place } from '../../constructs/contract/place';
import { groupBy } from '../../constructs/util/group';
import { writeApp } from '../../stacks/app';
import { type NeededImage, neededImages, sourceFor } from '../../stacks/images';
import type { Platform } from '../../stacks/platform/platform';
import type { CliContext } from '../cli/context';
import { ExitCode } from '../cli/exit-code';
import { homeFolder } from '../cli/home';
import { note, print, printJson } from '../cli/output';
import { renderTable, widthOf } from '../cli/table';
import { realTarget } from '../deploy/real-target';
import { sandboxTarget } from '../deploy/sandbox-target';
import { errorsIn, messagesIn } from '../deploy/terraform-messages';
import { runTerraform } from '../deploy/terraform-run';
import type { Target } from '../deploy/workspace';
import { sandboxPlace } from '../sandbox/place';
import { terraformEnvironment } from '../terraform/environment';
import { findTerraform } from '../terraform/find';
import { loadTopology } from '../topology/load';

export interface NeededOptions {
  readonly topology: string;
  /** Ask the simulated cloud. */
  readonly sandbox?: boolean;
  /** Ask the providers, with the credentials of the environment. */
  readonly ask?: boolean;
  readonly json: boolean;
}

type Existence = 'yes' | 'no' | 'not asked' | 'unknown';

interface Row {
  readonly site: string;
  readonly provider: string;
  readonly image: string;
  readonly name: string;
  readonly builder: string;
  /** What builds it. */
  readonly command?: string;
  readonly exists: Existence;
}

/**
 * Images that a topology boots, at each of its sites, and whether they are there: as Terraform's own look-ups find them, or
 * as the provider's API says where Terraform has none.
 */
export async function needed(options: NeededOptions, context: CliContext): Promise<ExitCode> {
  const platform = await loadTopology(options.topology, context);
  const images = neededImages(platform);
  const existence = await askAll(images, platform, options, context);
  const rows = images.map((one) => rowOf(one, existence.get(keyOf(one)) ?? 'not asked', options.topology));
  if (options.json) printJson(context, rows);
  else report(rows, options, context);
  return rows.some(({ exists }) => exists === 'no') ? ExitCode.no : ExitCode.done;
}

const keyOf = ({ place, image }: NeededImage): string => `${place.site.id} ${imageName(image)}`;

function rowOf(needed: NeededImage, exists: Existence, topology: string): Row {
  const { site, adapter } = needed.place;
  const { image } = needed;
  const source = knownSource(needed);
  return {
    site: site.id,
    provider: site.provider,
    image: image.role,
    name: adapter.image.name(site, image),
    builder: source?.type ?? '-',
    ...(source && { command: `${imageBuildCommand(image, source)} --topology ${topology}` }),
    exists,
  };
}

/** A site that does not say what a build needs can have images all the same: somebody brings them. */
function knownSource(needed: NeededImage): PackerSource | undefined {
  try {
    return sourceFor(needed);
  } catch {
    return undefined;
  }
}

async function askAll(
  images: readonly NeededImage[],
  platform: Platform,
  options: NeededOptions,
  context: CliContext,
): Promise<ReadonlyMap<string, Existence>> {
  if (!options.sandbox && !options.ask) return new Map();
  const asking = await startAsking(platform, options, context);
  const answers = new Map<string, Existence>();
  try {
    for (const [, group] of groupBy(images, ({ place }) => place.site.id)) {
      const found = await asking.ask(group).catch((error: unknown) => unknownFor(group, error, context));
      for (const [key, exists] of found) answers.set(key, exists);
    }
  } finally {
    await asking.close();
  }
  return answers;
}

function unknownFor(group: readonly NeededImage[], error: unknown, context: CliContext): Map<string, Existence> {
  note(
    context,
    `${group[0]?.place.site.id}: cannot be asked: ${error instanceof Error ? error.message : String(error)}`,
  );
  return new Map(group.map((one) => [keyOf(one), 'unknown']));
}

interface Asking {
  ask(group: readonly NeededImage[]): Promise<Map<string, Existence>>;
  close(): Promise<void>;
}

async function startAsking(platform: Platform, options: NeededOptions, context: CliContext): Promise<Asking> {
  const { root, cwd } = context;
  const { env } = terraformEnvironment(context.env);
  const folder = join(homeFolder(context), 'images', 'asked', platform.topology.name);
  const place = sandboxPlace(homeFolder(context), platform.topology.name);
  const target = options.sandbox ? sandboxTarget(root, place, env, platform) : realTarget(join(folder, 'work'), env);
  const terraform = await findTerraform({ root, cwd, env, note: (text) => note(context, text) });
  return {
    ask: (group) => {
      const [first] = group;
      if (first && !first.place.adapter.image.lookUp) return askTarget(target, group);
      return askPlan(terraform.path, target, join(folder, 'cdktf.out'), group);
    },
    close: () => target.close(),
  };
}

/** The provider's own API, or the simulated cloud in its place. */
async function askTarget(target: Target, group: readonly NeededImage[]): Promise<Map<string, Existence>> {
  const site = (group[0] as NeededImage).place.site;
  const missing = await target.missingImages(
    site,
    group.map(({ image }) => image),
  );
  const names = new Set(missing.map((image) => imageName(image)));
  return new Map(group.map((one) => [keyOf(one), names.has(imageName(one.image)) ? 'no' : 'yes']));
}

/** One plan of nothing but look-ups: those at which it fails are absent. Any other error means that nobody knows. */
async function askPlan(
  program: string,
  target: Target,
  folder: string,
  group: readonly NeededImage[],
): Promise<Map<string, Existence>> {
  const { place } = group[0] as NeededImage;
  const stack = `images-${place.site.id}`;
  const addresses = writeLookUps(
    folder,
    stack,
    place,
    group.map(({ image }) => image),
  );
  const workspace = await target.prepare(stack, join(folder, 'stacks', stack));
  const run = (args: readonly string[]) => runTerraform(program, args, workspace.folder, workspace.env);
  const init = await run(['init', '-no-color', '-input=false']);
  if (init.code !== 0) throw new Error(init.output);
  const plan = await run(['plan', '-json', '-input=false', '-lock=false']);
  const failures = messagesIn(plan.output).flatMap(({ diagnostic }) =>
    diagnostic?.severity === 'error' ? [diagnostic] : [],
  );
  // Terraform gives a failed postcondition no address; its text, which is ours, names the image.
  const absent = group.filter(({ image }, index) =>
    failures.some(({ address, detail }) => address === addresses[index] || detail?.includes(imageName(image))),
  );
  if (plan.code !== 0 && (failures.length === 0 || absent.length < failures.length))
    throw new Error(errorsIn(plan.output));
  return new Map(group.map((one) => [keyOf(one), absent.includes(one) ? 'no' : 'yes']));
}

function writeLookUps(folder: string, id: string, place: Place, images: readonly ImageReference[]): readonly string[] {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const addresses: string[] = [];
  const fill: Parameters<typeof writeApp>[1][number]['fill'] = (stack) => {
    place.adapter.configure(stack, place.site);
    for (const image of images) {
      const found = place.adapter.image.lookUp?.(stack, place.site, image);
      addresses.push(`data.${found?.terraformResourceType}.${found?.friendlyUniqueId}`);
    }
  };
  writeApp(folder, [{ id, dependsOn: [], fill }]);
  return addresses;
}

function report(rows: readonly Row[], options: NeededOptions, context: CliContext): void {
  const cells = rows.map(({ site, image, name, builder, exists }) => [site, image, name, builder, exists]);
  print(context, renderTable(['site', 'role', 'image', 'builder', 'exists'], cells, widthOf(context.stdout)));
  const absent = rows.filter(({ exists }) => exists === 'no');
  for (const command of new Set(absent.flatMap(({ command = [] }) => command))) note(context, `Build: ${command}`);
  if (!options.sandbox && !options.ask)
    note(context, 'Nobody was asked: --ask asks the providers with your credentials, --sandbox the simulated cloud.');
}
