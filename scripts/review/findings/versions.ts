import { groupBy, sortedEntries } from '../../../constructs/util/group';
import type { PlatformDescription } from '../../../stacks/description/description';
import type { Finding } from '../report';
import { counted, finding, type ReviewContext } from './context';

/** Versions that the stacks ask of Terraform's providers, where they differ. */
export function providerVersions({ files }: ReviewContext): Finding[] {
  const changes = [...files.head].flatMap(([stack, head]) => {
    const base = files.base.get(stack);
    return Object.entries(head.required).flatMap(([provider, version]) => {
      const former = base?.required[provider];
      return former === undefined || former === version ? [] : [{ stack, text: `${provider} ${former} to ${version}` }];
    });
  });
  return [...groupBy(changes, ({ text }) => text)].map(([text, stacks]) =>
    finding({
      rule: 'version',
      decision: true,
      title: `Provider ${text}`,
      details: [
        `Asked for by ${stacks.map(({ stack }) => stack).join(', ')}.`,
        'A plan in the simulated cloud is that of the version whose facts Watari has.',
      ],
    }),
  );
}

/** Dependencies of a lock file of npm: `name` to version. */
export function lockedPackages(text: string | undefined): Readonly<Record<string, string>> {
  if (text === undefined) return {};
  const { packages = {} } = JSON.parse(text) as { packages?: Record<string, { version?: string }> };
  return Object.fromEntries(
    Object.entries(packages).flatMap(([path, { version }]) =>
      version === undefined || !path.startsWith('node_modules/')
        ? []
        : [[path.replace(/^node_modules\//, ''), version]],
    ),
  );
}

/** Packages whose version differs: what synthesises the stacks is another program then. */
export function lockFindings(base: string | undefined, head: string | undefined): Finding[] {
  const [before, after] = [lockedPackages(base), lockedPackages(head)];
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  const details = names.flatMap((name) =>
    before[name] === after[name] ? [] : [`${name}: ${before[name] ?? 'absent'} to ${after[name] ?? 'absent'}`],
  );
  if (details.length === 0) return [];
  return [
    finding({ rule: 'version', title: `${counted(details.length, 'package')} of package-lock.json differ`, details }),
  ];
}

/** Images that machines boot, where they are other ones. */
export function imageFindings({ platform }: ReviewContext): Finding[] {
  if (!platform) return [];
  const [before, after] = [imagesOf(platform.base), imagesOf(platform.head)];
  const roles = [...new Set([...before.keys(), ...after.keys()])].sort();
  return roles.flatMap((role) => {
    const [from, to] = [before.get(role) ?? [], after.get(role) ?? []];
    if (from.join() === to.join()) return [];
    const [gone, fresh] = [from.filter((name) => !to.includes(name)), to.filter((name) => !from.includes(name))];
    const title = `Machines of the role ${role} boot another image`;
    const details = [
      ...gone.map((name) => `no more: ${name}`),
      ...fresh.map((name) => `now: ${name}`),
      'Whether the providers have it: `npx watari image list --topology NAME --ask`.',
    ];
    return gone.length > 0 && fresh.length > 0 ? [finding({ rule: 'image', title, details })] : [];
  });
}

function imagesOf({ expected }: PlatformDescription): Map<string, string[]> {
  const images = Object.values(expected)
    .flat()
    .flatMap(({ prerequisites = [], attributes }) => {
      const role = prerequisites.find((id) => id.startsWith('image:'))?.slice('image:'.length);
      const name = Object.values(attributes ?? {}).find(
        (value) => typeof value === 'string' && value.includes('watari-'),
      );
      return role === undefined || typeof name !== 'string' ? [] : [{ role, name }];
    });
  const byRole = sortedEntries(Object.fromEntries(groupBy(images, ({ role }) => role)));
  return new Map(byRole.map(([role, list]) => [role, [...new Set(list.map(({ name }) => name))].sort()] as const));
}
