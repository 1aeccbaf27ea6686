import type { DescribedSite, PlatformDescription } from '../../stacks/description/description';
import { contentOf } from './content';
import { siteDetails } from './details';
import { type ChangeMarks, countMarks, describeCounts, keys, signs } from './marks';
import type { Box, Column } from './placed';
import { placeRow } from './place-row';
import { bottomOfRow, inset, placeSystem } from './place-system';
import { sizes } from './sizes';
import { stackRow } from './stack-marks';
import { fitText, widthOfText } from './text';

const { padding, rowGap, siteHeader, siteWidth } = sizes;

/** A site with all that stands in it, its corner at the origin; the site is the first box. */
export function placeSite(
  description: PlatformDescription,
  marks: ChangeMarks,
  site: DescribedSite,
  column: Column,
): Box[] {
  const id = `site:${site.id}`;
  const content = contentOf(description, marks, site.id);
  const spot = { x: padding, width: siteWidth - 2 * padding, column, parent: id };
  const boxes: Box[] = [];
  let y = siteHeader;
  for (const system of content.systems) {
    const placed = placeSystem(system, { ...spot, y });
    boxes.push(...placed);
    y = bottomOf(placed) + rowGap;
  }
  for (const row of [...content.own, ...stackRow(description, marks, site.id)]) {
    const placed = placeRow(row, { ...inset(spot), y });
    boxes.push(...placed);
    y = bottomOfRow(placed) + rowGap;
  }
  const height = y + padding - rowGap;
  return [{ ...frame(site, description, marks, boxes), id, column, x: 0, y: 0, width: siteWidth, height }, ...boxes];
}

const bottomOf = ([first]: readonly Box[]): number => (first ? first.y + first.height : 0);

function frame(site: DescribedSite, description: PlatformDescription, marks: ChangeMarks, boxes: readonly Box[]) {
  const mark = marks.sites[keys.site(site)];
  const counts = countMarks(boxes.map((box) => box.mark?.mark));
  const sum = describeCounts(counts);
  const sumWidth = Math.ceil(widthOfText(sum, 'plain'));
  const room = siteWidth - 3 * padding - sumWidth;
  const title = `${mark ? `${signs[mark.mark]} ` : ''}${site.id}: ${site.label}${site.retired ? ' (retired)' : ''}`;
  const provider = site.profile === 'standard' ? site.provider : `${site.provider} ${site.profile}`;
  const subtitle = `${provider} · ${site.cidr} · AS ${site.asn}${site.transit ? ' · transit' : ''}`;
  return {
    kind: 'site' as const,
    label: `site ${site.id}: ${site.label}`,
    details: siteDetails(site, description),
    lines: [
      { x: padding, y: 19, text: fitText(title, room, 'title'), style: 'title' as const },
      { x: padding, y: 36, text: fitText(subtitle, siteWidth - 2 * padding, 'caption'), style: 'caption' as const },
      ...(sum ? [{ x: siteWidth - padding - sumWidth, y: 19, text: sum, style: 'plain' as const }] : []),
    ],
    counts,
    ...(mark ? { mark } : {}),
  };
}
