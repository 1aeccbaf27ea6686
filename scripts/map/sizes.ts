/** Pixels. Two columns of sites and one of links between them fit a page of a README. */
export const sizes = {
  margin: 16,
  /** What the legend needs. */
  leastWidth: 760,
  siteWidth: 388,
  /** Between what stands in a site and its frame. */
  padding: 8,
  /** Between what stands in a column. */
  gap: 18,
  siteHeader: 46,
  systemHeader: 24,
  captionWidth: 84,
  cell: { height: 22, gap: 4, least: 34, padding: 8 },
  rowGap: 8,
  /** From a row to the frame that it has when it is marked. */
  rowFrame: 3,
  foldLine: 22,
  link: { width: 176, header: 24, line: 16, padding: 8 },
  band: { title: 26, names: 26, legend: 30, gap: 6 },
} as const;

/** A fleet of more machines than these is folded. */
export const foldAbove = 24;
