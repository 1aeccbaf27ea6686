import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { groupBy, sortedEntries } from '../../constructs/util/group';
import { loadPlatform } from '../../stacks/main';
import type { Platform } from '../../stacks/platform/platform';
import reference from '../../stacks/topologies/reference';
import { bottomOf, drawSite, left, pageWidth, placeSites } from './layout';
import { drawLinks } from './links';
import { pictureSites } from './model';
import { box, label, path, picture } from './svg';

export const pictureFile = join('docs', 'reference.svg');

/** The reference platform as it stands in its topology. */
export function renderPicture(): string {
  const platform = loadPlatform(reference);
  const placed = placeSites(pictureSites(platform));
  const bottom = bottomOf(placed);
  const parts = [
    ...drawNames(platform),
    ...drawLinks(platform.links, placed),
    ...placed.flatMap(drawSite),
    ...drawLegend(bottom + 40),
    ...drawStores(platform, bottom + 72),
  ];
  return picture(pageWidth, bottom + 100, 'The reference platform of Watari', parts);
}

/** Who asks for which name, and which sites answer. */
function drawNames({ topology }: Platform): string[] {
  const place = { x: left.x, y: 16, width: pageWidth - 2 * left.x, height: 66 };
  const zone = topology.dns ? ` in the zone ${topology.domain} at ${topology.dns.provider}` : '';
  const lines = sortedEntries(topology.systems).map(([name, { shards, edges }]) => {
    const ingest = [...groupBy(sortedEntries(shards), ([, { site }]) => site)].map(
      ([site, list]) => `${list.map(([shard]) => shard).join(', ')} at ${site}`,
    );
    return `${name}: publishers to SHARD.ingest.${name} (${ingest.join('; ')}), viewers to play.${name} (${Object.keys(edges).join(', ')}, by weight)`;
  });
  return [
    box(place, 'site'),
    label(place.x + 10, place.y + 20, `Global DNS${zone}`, 'title'),
    ...lines.map((text, index) => label(place.x + 10, place.y + 39 + index * 17, text, '')),
  ];
}

function drawLegend(y: number): string[] {
  const kinds = [
    ['circuit', 'circuit (interconnect)'],
    ['vpn', 'IPsec VPN with BGP'],
    ['segment', 'stretched layer-2 segment'],
    ['circuit backup', 'thin: backup path'],
  ] as const;
  return kinds.flatMap(([style, text], index) => {
    const x = left.x + index * 260;
    return [
      path(
        [
          [x, y],
          [x + 50, y],
        ],
        style,
      ),
      label(x + 60, y + 4, text, ''),
    ];
  });
}

function drawStores({ topology }: Platform, y: number): string[] {
  const kept = sortedEntries(topology.stores).map(([id, store]) => {
    const sites = Object.entries(topology.sites).filter(([, site]) => site.store === id);
    return `of ${sites.map(([site]) => site).join(', ')} in ${id} (${store.kind}, ${store.failureDomain})`;
  });
  return [label(left.x, y, `Terraform states: ${kept.join('; ')}.`, '')];
}

/** `npm run picture`. */
export function main(): Promise<number> {
  writeFileSync(pictureFile, renderPicture());
  return Promise.resolve(0);
}
