import type { Provider } from '../../constructs/contract/adapter';
import { imageBuildCommand, imageName } from '../../constructs/contract/image';
import { type Problem, refuse } from '../../constructs/contract/problem';
import type { StackSpec } from '../../constructs/contract/stack';
import { registry } from '../../constructs/providers/registry';
import { type NeededImage, neededImages, sourceFor } from '../../stacks/images';
import type { Platform } from '../../stacks/platform/platform';
import type { Target } from './workspace';

/**
 * Images that a site does not have, of providers whose plans do not notice: asked before anything is planned.
 * @throws ProblemsError
 */
export async function refuseMissingImages(
  platform: Platform,
  selected: readonly StackSpec[],
  target: Target,
): Promise<void> {
  const concerned = new Set(selected.filter(({ empty }) => !empty).flatMap(({ sites }) => sites));
  const asked = neededImages(platform).filter(({ place: { site } }) => concerned.has(site.id) && hasInquiry(site));
  const sites = [...new Set(asked.map(({ place }) => place))];
  const problems = await Promise.all(
    sites.map((place) =>
      problemsAt(
        asked.filter((each) => each.place === place),
        target,
      ),
    ),
  );
  refuse(problems.flat());
}

const hasInquiry = ({ provider }: { readonly provider: string }): boolean =>
  (registry as Readonly<Record<string, Provider>>)[provider]?.imageInquiry !== undefined;

async function problemsAt(needed: readonly NeededImage[], target: Target): Promise<Problem[]> {
  const [first] = needed;
  if (!first) return [];
  const { site, adapter } = first.place;
  const images = needed.map(({ image }) => image);
  const missing = await target.missingImages(site, images);
  return missing.map((image) => ({
    path: `sites.${site.id}`,
    message: `has no image ${imageName(image)}, which machines of role ${image.role} boot`,
    value: adapter.image.name(site, image),
    fix: `Build it, and upload it as the command says: ${imageBuildCommand(image, sourceFor({ place: first.place, image }))}`,
  }));
}
