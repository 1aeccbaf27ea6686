import type { PlatformDescription } from '../../stacks/description/description';
import { marksBetween } from '../map/compare';
import { layOut } from '../map/layout';
import { type ChangeMarks, type Mark, type MarkDetail, type Marked, keys, markOrder } from '../map/marks';
import { renderSvg } from '../map/render-svg';
import { reviewedType } from './analysis/subject';
import { attributeText, forcing } from './render/words';
import type { Report, ResourceChange } from './report';

/** Both sides of a change, as they describe themselves. */
export interface ChangedPlatform {
  readonly base: PlatformDescription;
  readonly head: PlatformDescription;
}

/** The platform with what the plans change in it, as an SVG. */
export async function pictureOf(report: Report, { base, head }: ChangedPlatform): Promise<string> {
  return renderSvg(await layOut({ base, description: head, marks: marksOf(report, { base, head }) }));
}

/** What the descriptions tell apart, and over it what Terraform plans: only a plan knows what is replaced. */
export function marksOf({ changes }: Pick<Report, 'changes'>, { base, head }: ChangedPlatform): ChangeMarks {
  const between = marksBetween(base, head);
  const effective = changes.filter(({ risk }) => risk !== 'no-effect');
  return {
    ...between,
    machines: merged(between.machines, effective.flatMap(machineMark)),
    devices: merged(
      between.devices,
      effective.flatMap((change) => deviceMark(change, head)),
    ),
    balancers: merged(between.balancers, effective.flatMap(balancerMark)),
    links: merged(between.links, effective.flatMap(linkMark)),
    stacks: merged(between.stacks, effective.map(stackMark)),
  };
}

type Found = readonly [string, MarkDetail];

/** The worst of each thing; what is new or gone as a whole stays that. Reasons of all, without repeating. */
function merged(former: Marked, found: readonly Found[]): Marked {
  const marks: Record<string, MarkDetail> = { ...former };
  for (const [key, { mark, reasons }] of found) {
    const known = marks[key];
    if (known?.mark === 'added' || known?.mark === 'removed') continue;
    const worst = known && markOrder.indexOf(known.mark) >= markOrder.indexOf(mark) ? known.mark : mark;
    marks[key] = { mark: worst, reasons: [...new Set([...(known?.reasons ?? []), ...reasons])].slice(0, mostReasons) };
  }
  return marks;
}

const mostReasons = 5;

function machineMark(change: ResourceChange): Found[] {
  const { machine, sites, role } = change.place;
  const [site] = sites;
  if (machine === undefined || site === undefined || role === undefined) return [];
  // What belongs to a machine may go while the machine stays: then the machine is changed.
  const { kind } = reviewedType(change.type);
  const isItself = kind === 'machine' || kind === 'fleet';
  return [[keys.machine({ site, name: machine }), detail(change, isItself ? markOf(change) : 'changed')]];
}

const deviceMark = (change: ResourceChange, { devices }: PlatformDescription): Found[] =>
  devices.flatMap((device) =>
    device.stack === change.stack ? [[keys.device(device), detail(change, markOf(change))]] : [],
  );

function balancerMark(change: ResourceChange): Found[] {
  const { role = '', system, sites } = change.place;
  const [site] = sites;
  const which = /^(ingest|viewers) balancer$/.exec(role)?.[1];
  if (which === undefined || system === undefined || site === undefined) return [];
  return [[keys.balancer({ site, system, role: which }), detail(change, 'changed')]];
}

const linkMark = (change: ResourceChange): Found[] =>
  change.place.link === undefined ? [] : [[keys.link({ id: change.place.link }), detail(change, 'changed')]];

const stackMark = (change: ResourceChange): Found => [keys.stack({ id: change.stack }), detail(change, 'changed')];

const detail = (change: ResourceChange, mark: Mark): MarkDetail => ({
  mark,
  reasons: [...forcing(change).map(attributeText), ...(forcing(change).length === 0 ? [change.why] : [])],
});

const marksByAction: Readonly<Partial<Record<ResourceChange['action'], Mark>>> = {
  create: 'added',
  replace: 'replaced',
  delete: 'removed',
  forget: 'removed',
};
const markOf = ({ action }: ResourceChange): Mark => marksByAction[action] ?? 'changed';
