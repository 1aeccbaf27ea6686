import { dark, light } from '../../../scripts/map/style';

/** WCAG 2.2: relative luminance, and the contrast ratio of two colours. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

describe.each(Object.entries({ light, dark }))('in %s', (_, { text, quiet, page, site, cell, ...frames }) => {
  it.each(Object.entries({ page, site, cell }))('every text can be read on a %s', (_name, ground) => {
    for (const colour of [text, quiet]) expect(contrast(colour, ground)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(Object.entries(frames))('%s can be told from what it is on', (_name, colour) => {
    for (const ground of [page, site, cell]) expect(contrast(colour, ground)).toBeGreaterThanOrEqual(3);
  });
});
