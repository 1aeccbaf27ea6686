import type { Page } from 'playwright-core';

export interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where every box that is shown is, in pixels of the drawing, as the browser has it. */
export async function placesOf(page: Page): Promise<ReadonlyMap<string, Place>> {
  const places = await page.locator('svg').evaluate((svg) =>
    [...svg.querySelectorAll('.box:not(.hidden)')].map((element) => {
      const { e: x, f: y } = element.transform.baseVal.consolidate().matrix;
      const { width, height } = element.querySelector('rect').getBBox();
      return [element.dataset.id, { x, y, width, height }] as [string, Place];
    }),
  );
  return new Map(places);
}

/** Boxes of one parent that stand on each other, or stand out of it. */
export async function misplaced(page: Page): Promise<string[]> {
  const places = await placesOf(page);
  const parents = await page.locator('#map-data').evaluate((data) => {
    const { boxes } = JSON.parse(data.textContent) as { boxes: { id: string; parent?: string }[] };
    return boxes.map(({ id, parent }) => [id, parent] as const);
  });
  const parentOf = new Map(parents);
  const all = [...places];
  return all.flatMap(([id, place], index) => {
    const holder = places.get(parentOf.get(id) ?? '');
    const others = all.slice(index + 1).filter(([other]) => parentOf.get(other) === parentOf.get(id));
    return [
      ...(holder && !isIn(place, holder) ? [`${id} stands out`] : []),
      ...others.filter(([, other]) => isOn(place, other)).map(([other]) => `${id} stands on ${other}`),
    ];
  });
}

const isIn = (one: Place, holder: Place): boolean =>
  one.x >= holder.x &&
  one.y >= holder.y &&
  one.x + one.width <= holder.x + holder.width &&
  one.y + one.height <= holder.y + holder.height;

const isOn = (one: Place, other: Place): boolean =>
  one.x < other.x + other.width &&
  other.x < one.x + one.width &&
  one.y < other.y + other.height &&
  other.y < one.y + one.height;

/** Texts that are wider than their boxes, in the fonts that this browser has. */
export function overflowing(page: Page): Promise<string[]> {
  return page.locator('svg').evaluate((svg) =>
    [...svg.querySelectorAll('.box:not(.hidden)')].flatMap((element) => {
      const width = element.querySelector('rect').getBBox().width;
      return [...element.querySelectorAll('text')]
        .filter((text) => text.getBBox().x < -1 || text.getBBox().x + text.getBBox().width > width + 1)
        .map((text) => `${element.dataset.id}: ${text.textContent}`);
    }),
  );
}

/** As much of an element as a style needs. */
interface Styled {
  readonly ownerDocument: {
    readonly defaultView: { getComputedStyle(of: unknown): { getPropertyValue(name: string): string } };
  };
}

/** Runs in the browser. */
export function readStyle(element: Styled, property: string): string {
  return element.ownerDocument.defaultView.getComputedStyle(element).getPropertyValue(property);
}
