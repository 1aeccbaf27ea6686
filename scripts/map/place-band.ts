import type { PlatformDescription } from '../../stacks/description/description';
import { type ChangeMarks, describeCounts, signs } from './marks';
import { namesOf } from './names';
import type { Box } from './placed';
import { sizes } from './sizes';
import { stackCell, unseenStacks } from './stack-marks';
import { fitText, widthOfText } from './text';

const { band, cell, margin, padding } = sizes;

export interface Band {
  readonly boxes: readonly Box[];
  readonly height: number;
}

/** Above all sites: names that the world knows, and stacks that belong to no site. Title and legend have their room here. */
export function placeBand(
  description: PlatformDescription,
  marks: ChangeMarks,
  { width, change }: { readonly width: number; readonly change: boolean },
): Band {
  const top = margin + band.title + band.legend * (change ? 2 : 1);
  const names = namesOf(description, marks).map(({ system, text, details, mark, counts }, index): Box => {
    const sum = describeCounts(counts);
    return {
      ...{ id: `names:${system}`, kind: 'names', column: 'top', label: `names of ${system}`, details, counts },
      ...{ x: margin, y: top + index * (band.names + band.gap), width: width - 2 * margin, height: band.names },
      ...(mark ? { mark } : {}),
      lines: [
        {
          ...{ x: padding, y: 17, style: 'small' },
          text: fitText(`${sum ? `${sum} · ` : ''}${text}`, width - 2 * margin - 2 * padding, 'small'),
        },
      ],
    };
  });
  const below = top + names.length * (band.names + band.gap);
  const stacks = globalStacks(description, marks, below);
  const height = below + (stacks.length > 0 ? cell.height + band.gap : 0) + band.gap;
  return { boxes: [...names, ...stacks], height };
}

/** Links show the marks of their stacks themselves. */
function globalStacks(description: PlatformDescription, marks: ChangeMarks, y: number): Box[] {
  let x: number = margin;
  return unseenStacks(description, marks)
    .filter(({ sites }) => sites.length !== 1)
    .map((stack) => {
      const { id, kind, label, details, text, mark } = stackCell(stack, marks);
      const shown = `${mark ? `${signs[mark.mark]} ` : ''}${text}`;
      const width = Math.ceil(widthOfText(shown, 'small')) + cell.padding;
      const left = x;
      x += width + cell.gap;
      return {
        ...{ id, kind, column: 'top' as const, label, details, x: left, y, width, height: cell.height },
        lines: [{ x: width / 2, y: 15, text: shown, style: 'small' as const }],
        ...(mark ? { mark } : {}),
      };
    });
}
