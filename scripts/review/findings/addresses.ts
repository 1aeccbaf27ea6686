import { textsOf } from '../../../constructs/contract/review';
import type { PlatformDescription } from '../../../stacks/description/description';
import type { InventoryEntry } from '../../../stacks/inventory';
import { type Subject, valuesAfter, valuesBefore } from '../analysis/subject';
import type { Finding } from '../report';
import { finding, type ReviewContext } from './context';

/** Addresses and names that change, with who depends on them. */
export function addressFindings(context: ReviewContext): Finding[] {
  return [...plannedAddresses(context), ...allocatedAddresses(context), ...names(context)];
}

/** Machines whose planned address is another one. */
function plannedAddresses({ platform, changes }: ReviewContext): Finding[] {
  if (!platform) return [];
  const before = new Map(platform.base.machines.map((machine) => [keyOf(machine), machine] as const));
  return platform.head.machines.flatMap((machine) => {
    const former = before.get(keyOf(machine));
    if (!former?.address || !machine.address || former.address === machine.address) return [];
    const about = changes.filter(({ place }) => place.machine === machine.name && place.sites.includes(machine.site));
    return [
      finding(
        {
          rule: 'address',
          decision: true,
          site: machine.site,
          title: `${machine.name} at ${machine.site} moves from ${former.address} to ${machine.address}`,
          details: dependents(former, platform.base),
        },
        about,
      ),
    ];
  });
}

const keyOf = ({ site, name }: InventoryEntry): string => `${site}/${name}`;

function dependents({ role, site, system, address }: InventoryEntry, platform: PlatformDescription): string[] {
  const named = platform.names.filter((name) => name.address === address).map(({ name }) => name);
  const edges =
    role === 'origin'
      ? [
          ...new Set(
            platform.machines.flatMap((one) => (one.role === 'edge' && one.system === system ? [one.site] : [])),
          ),
        ]
      : [];
  return [
    ...named.map((name) => `The name ${name} points at it.`),
    ...(edges.length > 0 ? [`Edges of ${edges.join(', ')} fetch from it, by that name.`] : []),
    ...(role === 'gateway' ? [`Routes of ${site} and the far ends of its links lead over it.`] : []),
    'Firewalls and allow lists outside of this platform that name it have to follow.',
  ];
}

/** Addresses that a provider has given, and that are given back. */
function allocatedAddresses({ subjects, platform }: ReviewContext): Finding[] {
  return subjects.flatMap((subject) => {
    const { kind, addresses = [] } = subject.reviewed;
    if (kind !== 'address' || !['replace', 'delete', 'update'].includes(subject.action)) return [];
    const [before, after] = [valuesBefore(subject), valuesAfter(subject)];
    const changed = addresses.flatMap((name) => {
      const [from, to] = [textsOf(before[name]), textsOf(after[name])];
      return from.length === 0 || from.join() === to.join() ? [] : [{ from, to }];
    });
    return changed.map(({ from, to }) => {
      const becomes =
        subject.action === 'delete'
          ? 'goes away'
          : to.length > 0
            ? `becomes ${to.join(', ')}`
            : 'becomes another one, known after the apply';
      return finding(
        {
          rule: 'address',
          decision: true,
          stack: subject.stack,
          title: `The address ${from.join(', ')} of ${subject.address} ${becomes}`,
          details: dependentsOfPublic(subject, platform?.base),
        },
        [subject],
      );
    });
  });
}

function dependentsOfPublic({ place, stack }: Subject, platform?: PlatformDescription): string[] {
  const [site] = place.sites;
  const system = platform?.stacks.find(({ id }) => id === stack)?.system;
  const named = (platform?.names ?? []).filter(
    (name) =>
      name.use !== 'origin' &&
      name.system === system &&
      site !== undefined &&
      name.sites.includes(site) &&
      (name.use === 'viewers' ? place.shard === undefined : place.shard === undefined || name.shard === place.shard),
  );
  return [
    ...named.map(({ name }) => `The name ${name} points at it.`),
    'Allow lists of partners that name it have to follow.',
  ];
}

/** Records of names that change. */
function names({ subjects }: ReviewContext): Finding[] {
  return subjects.flatMap((subject) => {
    const { kind, name: attribute } = subject.reviewed;
    if (kind !== 'name' || attribute === undefined || subject.action === 'move') return [];
    const [before, after] = [valuesBefore(subject), valuesAfter(subject)];
    const name = textsOf([after[attribute] ?? before[attribute]]).join();
    const words: Readonly<Partial<Record<Subject['action'], string>>> = {
      create: 'is new',
      update: 'answers otherwise',
      replace: 'is made anew, and does not resolve meanwhile',
      delete: 'does not resolve any more',
    };
    const goes = subject.action === 'delete' || subject.action === 'replace';
    const title = `The name ${name || subject.address} ${words[subject.action] ?? 'is in another state'}`;
    return [finding({ rule: 'name', decision: goes, stack: subject.stack, title }, [subject])];
  });
}
