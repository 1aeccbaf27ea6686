import type { DescribedLink } from '../../stacks/description/description';
import { describePath, linkDetails } from './details';
import { type ChangeMarks, type MarkDetail, countMarks, keys, signs } from './marks';
import type { Box, TextLine } from './placed';
import { sizes } from './sizes';
import { fitText } from './text';

const { link: size } = sizes;

/** The box of a link between its sites, its corner at the origin. */
export function placeLink(link: DescribedLink, marks: ChangeMarks): Box {
  const mark = marks.links[keys.link(link)] ?? marks.stacks[link.stack];
  const sign = (detail: MarkDetail | undefined): string => (detail ? `${signs[detail.mark]} ` : '');
  const pathMark = (path: string): MarkDetail | undefined => marks.paths[keys.path(link.id, path)];
  const line = (text: string, index: number): TextLine => ({
    ...{ x: size.padding, y: size.header + 10 + index * size.line, style: 'small' },
    text: fitText(text, size.width - 2 * size.padding, 'small'),
  });
  const paths = link.paths.map((path) => `${sign(pathMark(path.id))}${path.id}: ${describePath(path)}`);
  const single = link.paths.length === 1 ? ['no backup path'] : [];
  const title = fitText(`${sign(mark)}${link.id}`, size.width - 2 * size.padding - 16, 'plain');
  const pathMarks = link.paths.flatMap(({ id }) => pathMark(id) ?? []);
  return {
    ...{ id: `link:${link.id}`, kind: 'link', column: 'middle' },
    ...{ x: 0, y: 0, width: size.width, height: size.header + 2 * size.line + size.padding },
    label: `link ${link.id}`,
    details: [...linkDetails(link), ...pathReasons(pathMarks)],
    lines: [
      { x: size.padding, y: 17, text: title, style: 'plain' },
      ...(paths.length === 0 ? ['retired'] : [...paths, ...single]).map(line),
    ],
    counts: countMarks(pathMarks.map((detail) => detail.mark)),
    ...(mark ? { mark } : {}),
  };
}

const pathReasons = (marks: readonly MarkDetail[]): (readonly [string, string])[] =>
  marks
    .flatMap(({ mark, reasons }) => [[`path ${mark}`, reasons.join('; ')] as const])
    .filter(([, text]) => text !== '');
