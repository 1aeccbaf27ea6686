import type { PlatformDescription } from '../../../stacks/description/description';
import type { InventoryEntry } from '../../../stacks/inventory';
import type { ResourcePlace, RiskClass } from '../report';
import { type Subject, isKnownType, valuesAfter, valuesBefore } from './subject';

export interface Risk {
  readonly risk: RiskClass;
  /** One sentence. */
  readonly why: string;
}

/** What a change does to those who use the platform. @param platform absent for plans that somebody else made */
export function riskOf(subject: Subject, platform?: PlatformDescription): Risk {
  switch (subject.action) {
    case 'create':
      return { risk: 'created', why: 'It is new.' };
    case 'import':
      return { risk: 'imported', why: 'It exists and is taken into the state.' };
    case 'forget':
      return { risk: 'forgotten', why: 'It leaves the state and stays where it is.' };
    case 'delete':
      return riskOfDeletion(subject);
    case 'replace':
      return riskOfReplacement(subject, platform);
    case 'update':
      return riskOfUpdate(subject, platform);
    default:
      return { risk: 'no-effect', why: 'It is the same thing under another address.' };
  }
}

function riskOfDeletion({ reviewed, planned }: Subject): Risk {
  if (reviewed.stateful) return { risk: 'data-loss', why: 'It holds data, which goes with it.' };
  if (reviewed.kind === 'trigger') return { risk: 'no-effect', why: 'Nothing is made of it.' };
  const why = isKnownType(planned.type)
    ? 'It goes away, and nothing of this change takes its place.'
    : 'It goes away; whether data goes with it is not known of this type.';
  return { risk: 'destroyed', why };
}

function riskOfReplacement(subject: Subject, platform?: PlatformDescription): Risk {
  const { reviewed, createFirst, planned } = subject;
  if (reviewed.stateful) return { risk: 'data-loss', why: 'It holds data, and the new one is empty.' };
  if (reviewed.kind === 'trigger') return { risk: 'no-effect', why: 'Nothing is made of it.' };
  if (reviewed.kind === 'aid')
    return { risk: 'in-place', why: 'Nothing runs through it, and a new one takes its place.' };
  if (reviewed.kind === 'template') return { risk: 'drained', why: 'Machines of its fleet are made anew, drained.' };
  if (reviewed.kind === 'fleet' && createFirst)
    return { risk: 'drained', why: 'A new fleet stands before the old one goes.' };
  const sibling = siblingOf(subject, platform);
  if (sibling !== undefined) return { risk: 'behind-sibling', why: `Meanwhile ${sibling} serves.` };
  if (createFirst) return { risk: 'behind-sibling', why: 'The new one stands before the old one goes.' };
  const unknown = isKnownType(planned.type) ? '' : ' Whether it holds data is not known of this type.';
  return {
    risk: 'downtime',
    why: `The old one goes before the new one stands, and nothing stands in for it.${unknown}`,
  };
}

function riskOfUpdate(subject: Subject, platform?: PlatformDescription): Risk {
  const { reviewed } = subject;
  const changed = changedAttributes(subject);
  if (reviewed.kind === 'template' || changed.some((name) => reviewed.rolls?.includes(name)))
    return { risk: 'drained', why: 'Machines of the fleet are made anew, drained.' };
  const restart = changed.find((name) => reviewed.restarts?.includes(name));
  if (restart === undefined) return { risk: 'in-place', why: 'It is changed where it stands.' };
  const sibling = siblingOf(subject, platform);
  return sibling === undefined
    ? { risk: 'downtime', why: `It is stopped to change ${restart}, and nothing stands in for it.` }
    : { risk: 'behind-sibling', why: `It is stopped to change ${restart}; meanwhile ${sibling} serves.` };
}

/** Top-level attributes that differ, or may. */
export function changedAttributes(subject: Subject): string[] {
  const [before, after] = [valuesBefore(subject), valuesAfter(subject)];
  const unknown = subject.planned.change.after_unknown;
  const unknowns = typeof unknown === 'object' && unknown !== null ? Object.keys(unknown) : [];
  const names = new Set([...Object.keys(before), ...Object.keys(after), ...unknowns]);
  return [...names].filter((name) => JSON.stringify(before[name] ?? null) !== JSON.stringify(after[name] ?? null));
}

/** Who serves meanwhile: the other half, other machines of a fixed fleet, another path of the link. */
function siblingOf({ place }: Subject, platform?: PlatformDescription): string | undefined {
  if (!platform) return undefined;
  if (place.machine !== undefined) return machineSibling(place, platform);
  const device = platform.devices.find(({ site, half }) => place.sites.includes(site) && half !== place.half);
  if (place.half !== undefined && place.half !== 'all')
    return device && place.role === 'device' ? device.id : `the half ${place.half === 'a' ? 'b' : 'a'}`;
  const link = platform.links.find(({ id }) => id === place.link);
  return link && link.paths.length > 1 ? `the other path of ${link.id}` : undefined;
}

function machineSibling(place: ResourcePlace, { machines }: PlatformDescription): string | undefined {
  const own = machines.find(({ site, name }) => place.sites.includes(site) && name === place.machine);
  if (!own || own.half === 'all') return undefined;
  return machines.find((other) => other.half !== own.half && pairOf(other) === pairOf(own))?.name;
}

/** What two machines have in common that stand in for each other. */
export const pairOf = ({ site, system, role, shard, peer, name }: InventoryEntry): string =>
  JSON.stringify([site, system, role, shard, peer, role === 'edge' ? '' : name.replace(/-[ab]$/, '')]);
